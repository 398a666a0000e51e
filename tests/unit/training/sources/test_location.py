"""What a location is, its first bytes say."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features import DealsError
from training.sources.location import read_source


def refused(location, **options):
    with pytest.raises(DealsError) as error:
        read_source(location, **options)
    return str(error.value)


def test_a_file_is_known_by_its_bytes_and_not_by_its_name(tmp_path):
    file = tmp_path / "deals.csv"
    pq.write_table(pa.table({"a": [1]}), file)
    assert read_source(str(file)).table.to_pylist() == [{"a": 1}]
    file = tmp_path / "deals.xlsx"
    file.write_text("a;b\n1;2\n")
    assert read_source(file).headers == ("a", "b")


def test_what_cannot_be_a_source_is_refused_with_a_hint(tmp_path):
    assert "a folder" in refused(tmp_path)
    assert "No such file" in refused(tmp_path / "gone.csv")
    assert "download it first" in refused("https://host/deals.csv?token=s3cret")
    assert "s3cret" not in refused("https://host/deals.csv?token=s3cret")
    assert "not a file" in refused("/dev/zero")
    assert "cannot be read" in refused("a\x00b")
    file = tmp_path / "deals.csv"
    file.write_text("a,b\n1,2\n")
    assert "a query is for a database" in refused(file, query="SELECT 1")
    assert "a sheet is for a workbook" in refused(file, sheet="Deals")
