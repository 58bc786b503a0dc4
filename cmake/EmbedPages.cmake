# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

# cmake -DPAGES=folder -DOUTPUT=file -P EmbedPages.cmake: the pages as one C++ source.
file(GLOB pages ${PAGES}/P*.md)
list(SORT pages)
set(text "// Made from compiler/diag/pages.\n#include \"compiler/diag/pages.h\"\n\nnamespace prunec {\n\nstd::string_view page_of(Code code) {\n  switch (code) {\n")
foreach(page IN LISTS pages)
  get_filename_component(code ${page} NAME_WE)
  file(READ ${page} content)
  string(APPEND text "    case Code::k${code}:\n      return R\"prunec_page(${content})prunec_page\";\n")
endforeach()
string(APPEND text "    default:\n      return {};\n  }\n}\n\n}  // namespace prunec\n")
file(WRITE ${OUTPUT} "${text}")
