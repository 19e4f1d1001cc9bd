"""Ids that the artifact service computes the same way: docs/identity.md."""

from __future__ import annotations

from uuid import UUID, uuid5

NAMESPACE = UUID("ef49fb85-bf0c-599e-8524-95db8cb78495")


def execution_id(dag_id: str, run_id: str) -> UUID:
    """Return the id under which the artifact service keeps one run of a DAG."""
    return uuid5(NAMESPACE, f"{dag_id}/{run_id}")
