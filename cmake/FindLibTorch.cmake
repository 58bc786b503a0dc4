# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

# Finds any LibTorch: the torch folder of a pip wheel (CPU or CUDA build), an unpacked archive, or one installed under a prefix. It links
# libtorch_cpu and libc10 directly, since the package file of a CUDA build asks for a CUDA toolkit that nothing here needs.
#   in:  PRUNEC_TORCH_DIR, or a Python that has torch: PRUNEC_PYTHON, $PRUNEC_VENV, .venv, python3, in this order
#   out: target LibTorch::LibTorch, LibTorch_VERSION, PRUNEC_PYTHON

if(NOT PRUNEC_PYTHON)
  find_program(prunec_python NAMES python3 NO_CACHE NO_DEFAULT_PATH PATHS "$ENV{PRUNEC_VENV}/bin" "${PROJECT_SOURCE_DIR}/.venv/bin")
  if(NOT prunec_python)
    find_program(prunec_python NAMES python3 NO_CACHE)
  endif()
  if(prunec_python)
    set(PRUNEC_PYTHON ${prunec_python} CACHE FILEPATH "Python whose torch package gives LibTorch and runs the Python side of the tests" FORCE)
  endif()
endif()

set(torch_dir "${PRUNEC_TORCH_DIR}")
if(NOT torch_dir AND PRUNEC_PYTHON)
  # find_spec locates the package without importing it, which would take seconds.
  execute_process(COMMAND ${PRUNEC_PYTHON} -c "import importlib.util as u; s = u.find_spec('torch'); print(s.submodule_search_locations[0] if s else '')"
                  OUTPUT_VARIABLE torch_dir OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()

find_path(LibTorch_INCLUDE_DIR torch/csrc/jit/ir/ir.h PATHS ${torch_dir} PATH_SUFFIXES include NO_DEFAULT_PATH NO_CACHE)
find_path(LibTorch_API_INCLUDE_DIR torch/torch.h PATHS ${torch_dir} PATH_SUFFIXES include/torch/csrc/api/include NO_DEFAULT_PATH NO_CACHE)
find_library(LibTorch_CPU_LIBRARY torch_cpu PATHS ${torch_dir} PATH_SUFFIXES lib NO_DEFAULT_PATH NO_CACHE)
find_library(LibTorch_C10_LIBRARY c10 PATHS ${torch_dir} PATH_SUFFIXES lib NO_DEFAULT_PATH NO_CACHE)

if(LibTorch_INCLUDE_DIR AND EXISTS ${LibTorch_INCLUDE_DIR}/torch/headeronly/version.h)
  set(version_file ${LibTorch_INCLUDE_DIR}/torch/headeronly/version.h)
elseif(LibTorch_API_INCLUDE_DIR)
  set(version_file ${LibTorch_API_INCLUDE_DIR}/torch/version.h)
endif()
if(version_file)
  foreach(part MAJOR MINOR PATCH)
    file(STRINGS ${version_file} line REGEX "#define TORCH_VERSION_${part} [0-9]+" LIMIT_COUNT 1)
    string(REGEX MATCH "[0-9]+$" LibTorch_${part} "${line}")
  endforeach()
  set(LibTorch_VERSION ${LibTorch_MAJOR}.${LibTorch_MINOR}.${LibTorch_PATCH})
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibTorch REQUIRED_VARS LibTorch_CPU_LIBRARY LibTorch_C10_LIBRARY LibTorch_INCLUDE_DIR LibTorch_API_INCLUDE_DIR
                                  VERSION_VAR LibTorch_VERSION
                                  REASON_FAILURE_MESSAGE "set PRUNEC_TORCH_DIR, or PRUNEC_PYTHON to a Python with torch, or configure with PRUNEC_RUNTIME=OFF")

if(LibTorch_FOUND AND NOT TARGET LibTorch::LibTorch)
  get_filename_component(lib_dir ${LibTorch_CPU_LIBRARY} DIRECTORY)
  add_library(LibTorch::LibTorch INTERFACE IMPORTED)
  target_include_directories(LibTorch::LibTorch SYSTEM INTERFACE ${LibTorch_INCLUDE_DIR} ${LibTorch_API_INCLUDE_DIR})
  target_link_libraries(LibTorch::LibTorch INTERFACE ${LibTorch_CPU_LIBRARY} ${LibTorch_C10_LIBRARY})
  target_compile_definitions(LibTorch::LibTorch INTERFACE _GLIBCXX_USE_CXX11_ABI=1)
  # The shared libraries of a CUDA build name symbols of CUDA libraries that are found only when a GPU is used.
  target_link_options(LibTorch::LibTorch INTERFACE "LINKER:-rpath,${lib_dir}" "LINKER:--unresolved-symbols=ignore-in-shared-libs")
endif()
