"""Workbooks: their types, their titles, and those that would eat the machine."""

import zipfile
from datetime import date, datetime

import openpyxl
import pyarrow as pa
import pytest

from features import DealsError
from training.sources.excel_file import read_excel_file


@pytest.fixture
def workbook(tmp_path):
    def write(*rows, far=None, title="Deals", others=()):
        book = openpyxl.Workbook()
        sheet = book.create_sheet(title, 0)
        del book["Sheet"]
        for row in rows:
            sheet.append(row)
        if far:
            sheet[far] = "x"
        for name in others:
            book.create_sheet(name).append(["a", name])
        file = tmp_path / "deals.xlsx"
        book.save(file)
        return file

    return write


def test_a_sheet_keeps_its_types_and_its_lines(workbook):
    raw = read_excel_file(
        workbook(
            ["Id", "Amount", "Closed", "Won", "Mixed", "Formula", "Error"],
            ["1", 12, date(2026, 1, 15), True, 7, "=1+1", "#N/A"],
            ["2", 12.5, datetime.fromisoformat("2026-01-16 10:30"), None, "n/a", "=1+1", "ok"],
            ["3", None, None, False, 7.5, None, None],
        )
    )
    table = raw.table
    assert [str(kind) for kind in table.schema.types] == [
        "string", "double", "timestamp[ms]", "bool", "string", "string", "string",
    ]  # fmt: skip
    assert table["Amount"].to_pylist() == [12.0, 12.5, None]
    assert table["Mixed"].to_pylist() == ["7", "n/a", "7.5"]
    assert table["Error"].to_pylist() == [None, "ok", None]
    assert raw.place(1) == f"{raw.where}:3"


def test_a_title_above_the_header_and_a_footer_are_left_out_and_said(workbook):
    raw = read_excel_file(
        workbook(["Closed deals 2026"], [], ["Id", "Amount", "Stage"], ["1", 5, "Won"],
                 ["2", 6, "Lost"], ["Confidential Information - Do Not Distribute"])
    )  # fmt: skip
    assert len(raw) == 2
    assert raw.first_line == 4
    assert len(raw.notes) == 2


def test_a_sheet_is_chosen_by_name_and_a_wrong_name_shows_those_there_are(workbook):
    file = workbook(["a", "b"], [1, 2], others=("More", "Empty"))
    assert read_excel_file(file).notes == ("read from the sheet 'Deals', not 'More', 'Empty'",)
    assert read_excel_file(file, "More").headers == ("a", "More")
    with pytest.raises(DealsError, match="no sheet 'Mor'") as refused:
        read_excel_file(file, "Mor")
    assert "'Deals', 'More'" in str(refused.value)


def test_a_cell_in_the_far_corner_ends_no_process_of_ours(workbook):
    with pytest.raises(DealsError, match="too much memory"):
        read_excel_file(workbook(["a"], far="XFD1048576"))


def test_an_archive_that_grows_beyond_measure_is_not_unpacked(tmp_path, workbook):
    file = workbook(["a"], [1])
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b" " * 100_000_000)
    with pytest.raises(DealsError, match=r"grows to 100 MB"):
        read_excel_file(file)


def test_other_archives_and_damaged_workbooks_are_refused(tmp_path, workbook):
    file = workbook(["a", "b"], [1, 2])
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DealsError, match="cannot be read as a workbook"):
        read_excel_file(file)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("deals.csv", "a,b\n")
    with pytest.raises(DealsError, match="a zip archive that is no workbook"):
        read_excel_file(file)
    with pytest.raises(DealsError, match=r"empty|holds anything"):
        read_excel_file(workbook())


def test_the_table_of_a_sheet_can_be_read_in_this_process_too(workbook):
    from training.sources.excel_sheet import sheet_table

    table = sheet_table(workbook(["a", "b"], [1, "x"]), "")
    assert isinstance(table, pa.Table)
    assert table.to_pylist() == [{"0": 1.0, "1": "x"}]


ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    '<office:body><office:spreadsheet><table:table table:name="Affaires">'
    "<table:table-row>{header}</table:table-row><table:table-row>{row}</table:table-row>"
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)


MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def cell(kind, text, **more):
    told = "".join(f' office:{name}="{value}"' for name, value in more.items())
    return (
        f'<table:table-cell office:value-type="{kind}"{told}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def test_an_open_document_is_a_workbook_too(tmp_path):
    header = "".join(cell("string", name) for name in ("Montant", "Créé le", "Libellé"))
    row = (
        cell("float", "12,5", value="12.5")
        + cell("date", "31/03/2026", **{"date-value": "2026-03-31"})
        + cell("string", "Élan")
    )
    file = tmp_path / "deals.ods"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", ODS.format(header=header, row=row))
    found = read_excel_file(file).table.to_pylist()[0]
    assert (found["Montant"], found["Libellé"]) == (12.5, "Élan")
    assert str(found["Créé le"])[:10] == "2026-03-31"
