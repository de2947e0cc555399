"""Long work, done by ``manage db_worker`` beside the site."""

from django_tasks import task

from rukun.web.talk.services import working


@task()
def work_out(work: int) -> None:
    """Work through all posts; what it finds replaces what the last work found."""
    working.work_out(work)
