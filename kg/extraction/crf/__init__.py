"""An extractor that is learnt from annotated articles: the names of people and bodies, by a linear-chain CRF.

It needs python-crfsuite, which yte-kg itself does not.
"""

from __future__ import annotations

from importlib.util import find_spec

from kg.errors import ExtensionError

if find_spec("pycrfsuite") is None:
    raise ExtensionError("extractor 'crf' needs python-crfsuite: pip install 'yte-kg[crf]'")
