# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

# cmake -DTEXT=file -DHEADER=header -DNAMESPACE=namespace -DFUNCTION=name -DOUTPUT=file -P EmbedText.cmake: a text as a function of C++.
file(READ ${TEXT} content)
file(WRITE ${OUTPUT} "// Made from a text of the repository.\n#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\n\nstd::string_view ${FUNCTION}() {\n  return R\"prunec_text(${content})prunec_text\";\n}\n\n}  // namespace ${NAMESPACE}\n")
