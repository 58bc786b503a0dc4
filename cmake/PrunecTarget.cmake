# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

# What every target of our own code gets: C++20, the warnings as errors, includes by path from the root, hidden symbols, the sanitizers.
add_library(prunec_options INTERFACE)
target_compile_features(prunec_options INTERFACE cxx_std_20)
target_compile_options(prunec_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
# GCC 12 sees overlaps in every `"text" + string` (its bug 105651) and unset members in aggregates that braces have set (its bug 105562).
target_compile_options(prunec_options INTERFACE
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict;-Wno-maybe-uninitialized>)
if(PRUNEC_WERROR)
  target_compile_options(prunec_options INTERFACE -Werror)
endif()
if(PRUNEC_SANITIZE)
  # The check of dynamic types needs type information that LibTorch does not export.
  target_compile_options(prunec_options INTERFACE -fsanitize=address,undefined -fno-sanitize=vptr -fno-omit-frame-pointer
                                                  -fno-sanitize-recover=undefined)
  target_link_options(prunec_options INTERFACE -fsanitize=address,undefined)
endif()
target_include_directories(prunec_options INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)

# prunec_library(NAME source... DEPENDS target...): one static library per layer. cmake/Install.cmake says which of them are installed.
function(prunec_library name)
  cmake_parse_arguments(arg "" "" "DEPENDS" ${ARGN})
  add_library(${name} STATIC ${arg_UNPARSED_ARGUMENTS})
  # What holds for our own code alone does not follow the library to those who link the installed one.
  target_link_libraries(${name} PUBLIC $<BUILD_INTERFACE:prunec_options> ${arg_DEPENDS})
  target_compile_features(${name} PUBLIC cxx_std_20)
  target_include_directories(${name} INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/prunec>)
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
endfunction()
