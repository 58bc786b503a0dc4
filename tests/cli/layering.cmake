# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

# cmake -DROOT=folder -P layering.cmake: the include rules that keep the layers apart.
set(broken "")

# forbid(REASON PATTERN file...): no #include of these files may match.
function(forbid reason pattern)
  foreach(file IN LISTS ARGN)
    file(STRINGS ${ROOT}/${file} includes REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"]")
    foreach(line IN LISTS includes)
      if(line MATCHES "[<\"](${pattern})")
        list(APPEND broken "${file}: ${line}   (${reason})")
      endif()
    endforeach()
  endforeach()
  set(broken "${broken}" PARENT_SCOPE)
endfunction()

file(GLOB_RECURSE compiler RELATIVE ${ROOT} ${ROOT}/compiler/*.h ${ROOT}/compiler/*.cpp)
file(GLOB_RECURSE runtime RELATIVE ${ROOT} ${ROOT}/runtime/*.h ${ROOT}/runtime/*.cpp)
set(headers ${compiler} ${runtime})
list(FILTER headers INCLUDE REGEX "\\.h$")
set(outside_syntax ${compiler})
list(FILTER outside_syntax EXCLUDE REGEX "^compiler/syntax/.*\\.cpp$")
set(below_cli ${compiler})
list(FILTER below_cli EXCLUDE REGEX "^compiler/cli/")
set(plain ${runtime})
list(FILTER plain INCLUDE REGEX "^runtime/(api/runtime\\.h|(bind|explain|facts|infer|inspect|json|report|report_page)/|trace/channel_graph\\.h|solve/solution\\.h|model/op_trace\\.)")

set(torch "torch/|ATen/|c10/|caffe2/")
set(antlr "antlr4|Prune(Lexer|Parser)\\.h")
forbid("the compiler never includes LibTorch" "${torch}" ${compiler})
forbid("the runtime never includes ANTLR" "${antlr}|compiler/(syntax|check|cli)/" ${runtime})
forbid("ANTLR stays in compiler/syntax/*.cpp" "${antlr}" ${outside_syntax})
forbid("toml11 and range-v3 stay out of headers" "toml\\.hpp|toml/|toml11|range/v3" ${headers})
forbid("only the program knows the runtime" "runtime/" ${below_cli})
forbid("what the program shares with the runtime is free of LibTorch" "${torch}" ${plain})

# Phases use those above them in this list, never those below.
set(order source diag toml plan syntax check format lsp cli)
set(below ${order})
foreach(folder IN LISTS order)
  file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/compiler/${folder}/*.h ${ROOT}/compiler/${folder}/*.cpp)
  list(POP_FRONT below)
  list(JOIN below "|" names)
  if(below)
    forbid("${folder} comes before what it includes" "compiler/(${names})/" ${files})
  endif()
endforeach()

if(broken)
  list(JOIN broken "\n  " text)
  message(FATAL_ERROR "include rules are broken:\n  ${text}")
endif()
list(LENGTH compiler compiler_count)
if(compiler_count LESS 20)
  message(FATAL_ERROR "too few files were found below ${ROOT}/compiler: the check is looking at the wrong place")
endif()
