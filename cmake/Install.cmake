# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

# What is installed for those who build on prunec: libraries, headers and the package file that finds them. The program, its rules, its
# manual and its completions are installed where they are made.
include(CMakePackageConfigHelpers)

set(installed_targets prunec_source prunec_diag prunec_toml prunec_plan prunec_grammar prunec_syntax prunec_check prunec_format
                      prunec_json prunec_bind prunec_channels prunec_facts prunec_explain prunec_infer prunec_inspection prunec_report prunec_report_page)
if(PRUNEC_RUNTIME)
  list(APPEND installed_targets prunec_runtime)
  # The shared libraries of LibTorch are found when the program runs; the linker needs none of them.
  target_link_options(prunec_runtime INTERFACE $<INSTALL_INTERFACE:LINKER:--unresolved-symbols=ignore-in-shared-libs>)
endif()
foreach(target IN LISTS installed_targets)
  string(REPLACE prunec_ "" name ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  add_library(prunec::${name} ALIAS ${target})  # so that a build that contains this one names them alike
endforeach()
install(TARGETS ${installed_targets} EXPORT prunec_targets)

# The headers that a user begins with. What they include follows.
set(headers
  compiler/check/check.h compiler/check/lower.h compiler/diag/fixes.h compiler/diag/pages.h compiler/diag/render.h compiler/format/format.h
  compiler/plan/describe.h compiler/plan/plan_toml.h compiler/source/file_io.h compiler/syntax/parse.h
  runtime/api/runtime.h runtime/bind/bind.h runtime/explain/answer.h runtime/facts/facts_json.h runtime/inspect/json.h runtime/report/json.h
  runtime/report/read.h runtime/report_page/report_page.h)
set(installed_headers)
while(headers)
  list(POP_FRONT headers header)
  list(APPEND installed_headers ${header})
  cmake_path(GET header PARENT_PATH folder)
  install(FILES ${PROJECT_SOURCE_DIR}/${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/prunec/${folder})
  file(STRINGS ${PROJECT_SOURCE_DIR}/${header} includes REGEX "^#include \"")
  list(TRANSFORM includes REPLACE "^#include \"(.*)\".*" "\\1")
  list(APPEND headers ${includes})
  list(REMOVE_DUPLICATES headers)
  list(REMOVE_ITEM headers ${installed_headers})
endwhile()

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/prunec)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/prunec-config.cmake.in ${PROJECT_BINARY_DIR}/package/prunec-config.cmake
                              INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/package/prunec-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/package/prunec-config.cmake ${PROJECT_BINARY_DIR}/package/prunec-config-version.cmake DESTINATION ${package_folder})
install(EXPORT prunec_targets FILE prunec-targets.cmake NAMESPACE prunec:: DESTINATION ${package_folder})

# Files for editors. The one version of the project goes into the manifest that has to name one.
file(READ ${PROJECT_SOURCE_DIR}/grammar/editors/package.json manifest)
string(JSON manifest SET "${manifest}" version "\"${PROJECT_VERSION}\"")
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/package/package.json CONTENT "${manifest}\n" @ONLY)
set(editors_folder ${CMAKE_INSTALL_DATADIR}/prunec/editors)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/grammar/editors/ DESTINATION ${editors_folder} PATTERN package.json EXCLUDE)
install(FILES ${PROJECT_BINARY_DIR}/package/package.json DESTINATION ${editors_folder})

install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
