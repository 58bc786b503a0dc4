// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/runtime_loader.h"

#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>
#include <vector>

namespace prunec::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLibrary = "libprunec_runtime.so";

std::vector<fs::path> candidates(const Environment& environment) {
  const auto given = environment.variable("PRUNEC_RUNTIME");
  if (given && !given->empty()) {
    std::error_code ignored;
    return {fs::is_directory(*given, ignored) ? fs::path(*given) / kLibrary : fs::path(*given)};
  }
  const fs::path prefix = fs::path(environment.program_folder) / "..";
  return {prefix / "lib" / kLibrary, prefix / "lib" / "prunec" / kLibrary, prefix / PRUNEC_LIBDIR / kLibrary,
          prefix / PRUNEC_LIBDIR / "prunec" / kLibrary};
}

Diagnostic missing(const fs::path& where) {
  Diagnostic diagnostic{Code::kP0809, "this command needs the runtime library, which is not there"};
  diagnostic.notes.push_back({FilePlace{where.lexically_normal().string()}, "looked for here"});
  diagnostic.help = "build prunec with LibTorch (README, \"Install\"), or name the library in the environment variable PRUNEC_RUNTIME";
  return diagnostic;
}

Diagnostic broken(const fs::path& where) {
  Diagnostic diagnostic{Code::kP0809, "the runtime library cannot be loaded", FilePlace{where.lexically_normal().string()}};
  const char* reason = dlerror();
  if (reason != nullptr) diagnostic.notes.push_back({{}, reason});
  diagnostic.help = "it must be built together with this prunec, and the LibTorch that it was built with must still be there";
  return diagnostic;
}

}  // namespace

std::variant<Runtime*, Diagnostic> load_runtime(const Environment& environment) {
  const auto places = candidates(environment);
  std::error_code ignored;
  for (const fs::path& place : places) {
    if (!fs::is_regular_file(place, ignored)) continue;
    // Threads of the library that spin between its short parallel sections only take time from each other. The user's choice stays.
    ::setenv("OMP_WAIT_POLICY", "passive", 0);
    void* library = dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return broken(place);
    auto entry = reinterpret_cast<RuntimeEntry>(dlsym(library, kRuntimeEntryName));
    if (entry == nullptr) return broken(place);
    return entry();
  }
  return missing(places.front());
}

}  // namespace prunec::cli
