"""A picture recogniser behind HTTP: what it takes, how it answers, and what it refuses.

``make_app(Recogniser.load(file))`` is the service, ``running_service(app)`` runs it beside other
code, and ``python -m utils.serving --weights file`` on its own.
"""

from utils.serving.app import make_app
from utils.serving.background import running_service
from utils.serving.batcher import Batcher
from utils.serving.limits import Limits
from utils.serving.pictures import decode
from utils.serving.preprocessing import prepare
from utils.serving.recogniser import Recogniser, digit_net
from utils.serving.refused import Refused

__all__ = [
    "Batcher",
    "Limits",
    "Recogniser",
    "Refused",
    "decode",
    "digit_net",
    "make_app",
    "prepare",
    "running_service",
]
