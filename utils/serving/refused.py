"""A request that the service does not answer as asked."""


class Refused(Exception):
    """Says to a client, in a sentence, why there is no answer.

    Attributes:
        status: of HTTP: 4xx if the request is at fault, 5xx if the service is.
        sentence: what is wrong, and what would be right.
    """

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence
