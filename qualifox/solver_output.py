"""What a solver prints goes to stderr: stdout is data (`models.portfolio.solver_output`)."""

from models.portfolio.solver_output import solver_on_stderr

__all__ = ["solver_on_stderr"]
