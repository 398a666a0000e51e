"""A BentoML service that does nothing: what starting one costs."""

import bentoml


@bentoml.service
class Empty:
    """Says hello."""

    @bentoml.api
    def hello(self) -> str:
        """Say it."""
        return "hello"
