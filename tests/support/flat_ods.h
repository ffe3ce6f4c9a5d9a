/* Flat OpenDocument spreadsheets out of string constants.
 */
#ifndef ALLOT_TEST_FLAT_ODS_H
#define ALLOT_TEST_FLAT_ODS_H

#define OASIS "urn:oasis:names:tc:opendocument:xmlns:"
#define SPACES                                                                                     \
    " xmlns:office='" OASIS "office:1.0' xmlns:table='" OASIS "table:1.0' xmlns:text='" OASIS      \
    "text:1.0' xmlns:style='" OASIS "style:1.0' xmlns:draw='" OASIS "drawing:1.0'"                 \
    " xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:xlink='http://www.w3.org/1999/xlink'"      \
    " xmlns:calcext='urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0'"
#define STYLED(styles, sheets)                                                                     \
    "<?xml version='1.0' encoding='UTF-8'?>\n<office:document" SPACES ">" styles                   \
    "<office:body><office:spreadsheet>" sheets                                                     \
    "</office:spreadsheet></office:body></office:document>"
#define BOOK(sheets) STYLED("", sheets)
#define CELL(attributes, inside) "<table:table-cell " attributes ">" inside "</table:table-cell>"
#define P(text) "<text:p>" text "</text:p>"
#define TEXT(text) CELL("office:value-type='string'", P(text))
#define FLOAT(value) CELL("office:value-type='float' office:value='" value "'", P("shown"))
#define BLANK "<table:table-cell/>"
#define BLANKS(count) "<table:table-cell table:number-columns-repeated='" count "'/>"
#define ROW(cells) "<table:table-row>" cells "</table:table-row>"
#define ROWS(count, cells)                                                                         \
    "<table:table-row table:number-rows-repeated='" count "'>" cells "</table:table-row>"
#define HEADINGS ROW(TEXT("a") TEXT("b") TEXT("c"))
#define TABLE(inside) "<table:table table:name='S'>" inside "</table:table>"
#define SHEET(rows) BOOK(TABLE(HEADINGS rows))
#define ONE(cell) SHEET(ROW(cell))
#define FORMULA "table:formula='of:=1' "

#define ROW_WITH(attributes, cells) "<table:table-row " attributes ">" cells "</table:table-row>"
#define COLUMN(attributes) "<table:table-column " attributes "/>"

#endif
