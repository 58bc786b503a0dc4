// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/operators.h"

#include <ATen/Context.h>
#include <algorithm>
#include <dlfcn.h>
#include <filesystem>
#include <optional>
#include <torch/csrc/jit/runtime/operator.h>

namespace prunec {

namespace {

namespace fs = std::filesystem;

fs::path folder_of(const void* address) {
  Dl_info here{};
  return dladdr(address, &here) ? fs::path(here.dli_fname).parent_path() : fs::path();
}

fs::path libtorch_folder() {
  return folder_of(reinterpret_cast<const void*>(&at::globalContext));
}

/// The stand-ins lie beside this library, installed and in the build tree.
fs::path stand_in_folder() {
  static const char anchor = 0;
  return folder_of(&anchor) / "prunec-stand-ins";
}

bool is_loaded(const std::string& soname) {
  void* library = dlopen(soname.c_str(), RTLD_LAZY | RTLD_NOLOAD);
  if (library) dlclose(library);
  return library != nullptr;
}

/// torchvision's library names Python's LibTorch and, in a CUDA build, the CUDA libraries, none of which its operators need on the CPU.
/// What is not loaded by now is replaced by an empty library of the same name.
void load_stand_ins() {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(stand_in_folder(), ignored)) {
    if (!is_loaded(entry.path().filename())) dlopen(entry.path().c_str(), RTLD_LAZY | RTLD_GLOBAL);
  }
  // It lies beside libtorch_cpu, but not on the search path of a library that lies elsewhere.
  dlopen((libtorch_folder() / "libtorch.so").c_str(), RTLD_LAZY | RTLD_GLOBAL);
}

/// torchvision/_C.so or torchvision/_C_stable.so in the folder that holds torch/lib.
std::optional<fs::path> torchvision_beside_libtorch() {
  const fs::path folder = libtorch_folder().parent_path().parent_path() / "torchvision";
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename();
    if (name.starts_with("_C") && name.ends_with(".so")) return entry.path();
  }
  return std::nullopt;
}

/// Empty when the library is loaded, else why not.
std::string load(const fs::path& library) {
  load_stand_ins();
  if (dlopen(library.c_str(), RTLD_LAZY | RTLD_GLOBAL)) return {};
  const char* reason = dlerror();
  return reason ? reason : "unknown reason";
}

bool is_known(const std::string& name) {
  return !torch::jit::getAllOperatorsFor(c10::Symbol::fromQualString(name)).empty();
}

std::vector<std::string> unknown(const std::vector<std::string>& names) {
  std::vector<std::string> missing;
  std::copy_if(names.begin(), names.end(), std::back_inserter(missing), [](const std::string& name) { return !is_known(name); });
  return missing;
}

}  // namespace

Diagnostics require_operators(const std::vector<std::string>& names, const std::string& model) {
  std::vector<std::string> missing = unknown(names);
  if (missing.empty()) return {};
  std::string reason;
  if (missing.front().starts_with("torchvision::")) {
    const auto library = torchvision_beside_libtorch();
    reason = library ? load(*library) : "there is no torchvision beside the LibTorch in use";
    missing = unknown(missing);
    if (missing.empty()) return {};
  }
  Diagnostic diagnostic{Code::kP0520, "the model uses the operator `" + missing.front() + "`, which LibTorch does not have"};
  diagnostic.place = FilePlace{model};
  if (!reason.empty()) diagnostic.notes.push_back({{}, reason});
  diagnostic.help = missing.front().starts_with("torchvision::")
                        ? "install a torchvision that fits this LibTorch beside it, or name its library with `--ops FILE`"
                        : "name the library that registers it with `--ops FILE`";
  return {diagnostic};
}

std::optional<Diagnostic> load_operators(const std::vector<std::string>& libraries) {
  for (const std::string& library : libraries) {
    // A bare name would be searched for among the system's libraries.
    const std::string reason = load(fs::absolute(library));
    if (reason.empty()) continue;
    Diagnostic diagnostic{Code::kP0819, "the library of operators cannot be loaded", FilePlace{library}};
    diagnostic.notes.push_back({{}, reason});
    diagnostic.help = "it must be a shared library that was built with a LibTorch that fits the one in use";
    return diagnostic;
  }
  return std::nullopt;
}

}  // namespace prunec
