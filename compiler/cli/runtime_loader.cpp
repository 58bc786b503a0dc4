// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/runtime_loader.h"

#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>
#include <vector>

#include "compiler/cli/libtorch.h"

namespace prunec::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLibrary = "libprunec_runtime.so";
constexpr const char* kTorchLibrary = "libtorch_cpu.so";
const std::string kTorchVersion = PRUNEC_TORCH_VERSION;  // empty in a build without the runtime library

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

std::string why_not() {
  const char* reason = dlerror();
  return reason == nullptr ? "" : reason;
}

std::string torch_help() {
  const std::string which = kTorchVersion.empty() ? "the LibTorch that it was built with" : "a LibTorch " + kTorchVersion;
  return "name the folder of " + which +
         " in the environment variable PRUNEC_TORCH_DIR: an unpacked one, or what `python3 -c 'import torch; " +
         "print(torch.__path__[0])'` prints";
}

Diagnostic missing(const fs::path& where) {
  Diagnostic diagnostic{Code::kP0809, "this command needs the runtime library, which is not there"};
  diagnostic.notes.push_back({FilePlace{where.lexically_normal().string()}, "looked for here"});
  diagnostic.help = "build prunec with LibTorch (README, \"Install\"), or name the library in the environment variable PRUNEC_RUNTIME";
  return diagnostic;
}

Diagnostic broken(const fs::path& where, const std::string& reason) {
  Diagnostic diagnostic{Code::kP0809, "the runtime library cannot be loaded", FilePlace{where.lexically_normal().string()}};
  if (!reason.empty()) diagnostic.notes.push_back({{}, reason});
  const bool torch_is_missing = reason.find("libtorch") != std::string::npos || reason.find("libc10") != std::string::npos;
  diagnostic.help = torch_is_missing ? torch_help() : "it must be built together with this prunec, and with the LibTorch that it gets";
  return diagnostic;
}

Diagnostic unfit(const fs::path& folder, const std::string& message, const std::string& note) {
  Diagnostic diagnostic{Code::kP0809, message, FilePlace{folder.lexically_normal().string()}};
  if (!note.empty()) diagnostic.notes.push_back({{}, note});
  diagnostic.help = torch_help();
  return diagnostic;
}

/// Loads the folder's LibTorch, which the runtime library then takes in place of searching for its own.
std::optional<Diagnostic> load_libtorch(const fs::path& folder) {
  const fs::path library = folder / "lib" / kTorchLibrary;
  std::error_code ignored;
  if (!fs::is_regular_file(library, ignored))
    return unfit(folder, "there is no LibTorch in this folder", library.lexically_normal().string() + " is missing");
  const auto version = libtorch_version(folder);
  if (version && !kTorchVersion.empty() && !fits(kTorchVersion, *version))
    return unfit(folder, "this is LibTorch " + *version + ", and the runtime library was built with " + kTorchVersion, "");
  if (dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL) == nullptr) return unfit(folder, "this LibTorch cannot be loaded", why_not());
  return std::nullopt;
}

std::variant<void*, Diagnostic> load_library(const fs::path& place, const Environment& environment) {
  const LibTorchFolders torch = libtorch_folders(environment);
  if (torch.named) {
    if (auto refusal = load_libtorch(torch.folders.front())) return std::move(*refusal);
  }
  if (void* library = dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL)) return library;
  Diagnostic refusal = broken(place, why_not());
  if (torch.named) return refusal;
  for (const fs::path& folder : torch.folders) {
    if (load_libtorch(folder)) continue;
    if (void* library = dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL)) return library;
  }
  return refusal;
}

}  // namespace

std::variant<Runtime*, Diagnostic> load_runtime(const Environment& environment) {
  const auto places = candidates(environment);
  std::error_code ignored;
  for (const fs::path& place : places) {
    if (!fs::is_regular_file(place, ignored)) continue;
    // Threads of the library that spin between its short parallel sections only take time from each other. The user's choice stays.
    ::setenv("OMP_WAIT_POLICY", "passive", 0);
    auto library = load_library(place, environment);
    if (auto* refusal = std::get_if<Diagnostic>(&library)) return std::move(*refusal);
    auto entry = reinterpret_cast<RuntimeEntry>(dlsym(std::get<void*>(library), kRuntimeEntryName));
    if (entry == nullptr) return broken(place, why_not());
    Runtime* runtime = entry();
    if (auto refusal = runtime->load_operators(environment.operators)) return std::move(*refusal);
    return runtime;
  }
  return missing(places.front());
}

}  // namespace prunec::cli
