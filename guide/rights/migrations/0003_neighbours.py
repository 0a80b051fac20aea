from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):
    dependencies = [("rights", "0002_help_texts")]

    operations = [
        migrations.AlterField(
            model_name="rightcountry",
            name="broadcaster",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=deletion.PROTECT,
                related_name="+",
                to="broadcasters.broadcaster",
                verbose_name="broadcaster",
            ),
        ),
        migrations.AddIndex(
            model_name="rightcountry",
            index=models.Index(fields=["broadcaster", "competition", "country"], name="right_country_neighbours"),
        ),
    ]
