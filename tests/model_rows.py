"""What the compiled statements have to do, done by SQLModel: a change with rows of its sessions."""

from typing import Any, TypeVar

import compiled_rows as generator
from sqlmodel import Session, SQLModel, select

from coachlog.store.row_store import RowStore, StoredRow
from coachlog.store.transactions import Change

Row = TypeVar("Row", bound=StoredRow)
MODELS = {str(table.__tablename__): table for table in generator.TABLES}


class ModelRows(RowStore):
    """The rows of a journal as `RowStore` gives them, read and written by SQLModel."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, row_class: type[Row], **values: object) -> list[Row]:
        columns: Any = vars(MODELS[row_class.table])["__table__"].columns
        statement: Any = select(MODELS[row_class.table])
        for name, value in values.items():
            statement = statement.where(columns[name].is_not_distinct_from(value))
        statement = statement.order_by(columns[row_class.primary_key])
        rows = []
        for model_row in self._session.exec(statement):
            fields = {
                name: getattr(model_row, name) for name in row_class.__annotations__
            }
            row = row_class(**fields)
            row.saved_fields = fields
            rows.append(row)
        return rows

    def insert(self, row: StoredRow) -> int:
        fields = {name: value for name, value in vars(row).items() if value is not None}
        del fields["saved_fields"]
        model_row = MODELS[row.table](**fields)
        self._session.add(model_row)
        self._session.flush()
        fields = {name: getattr(model_row, name) for name in type(row).__annotations__}
        vars(row).update(fields)
        row.saved_fields = fields
        return int(fields[row.primary_key])

    def update(self, row: StoredRow) -> None:
        model_row = self._get_model_row(row)
        for name in type(row).__annotations__:
            value = getattr(row, name)
            if value != row.saved_fields[name]:
                setattr(model_row, name, value)
        self._session.add(model_row)
        self._session.flush()

    def delete(self, row: StoredRow) -> None:
        self._session.delete(self._get_model_row(row))
        self._session.flush()

    def _get_model_row(self, row: StoredRow) -> SQLModel:
        model_row = self._session.get(MODELS[row.table], getattr(row, row.primary_key))
        assert model_row is not None
        return model_row


class ModelChange(Change):
    """A change whose single rows go through SQLModel's session, too."""

    @property
    def rows(self) -> RowStore:
        return ModelRows(self.db_session)
