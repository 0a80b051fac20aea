"""Names and aliases by language."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LocalText(models.Model):
    """A text in one language (BCP 47); an empty language belongs to all."""

    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        help_text=_("A BCP 47 tag such as fr or pt-BR. Empty: of no language in particular."),
    )
    text = models.CharField(_("text"), max_length=120)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text
