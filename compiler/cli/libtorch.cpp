// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/libtorch.h"

#include <algorithm>
#include <fstream>

namespace prunec::cli {
namespace {

namespace fs = std::filesystem;

/// The torch packages under PREFIX/lib/python3.N/site-packages, sorted.
std::vector<fs::path> torch_packages(const fs::path& prefix) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator entry(prefix / "lib", error), end; !error && entry != end; entry.increment(error)) {
    const fs::path folder = entry->path() / "site-packages" / "torch";
    std::error_code ignored;
    if (entry->path().filename().string().starts_with("python3") && fs::is_directory(folder, ignored)) found.push_back(folder);
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string major_and_minor(const std::string& version) {
  return version.substr(0, version.find('.', version.find('.') + 1));
}

}  // namespace

LibTorchFolders libtorch_folders(const Environment& environment) {
  const auto named = environment.variable("PRUNEC_TORCH_DIR");
  if (named && !named->empty()) return {{fs::path(*named)}, true};
  LibTorchFolders result;
  for (const char* variable : {"VIRTUAL_ENV", "CONDA_PREFIX"}) {
    const auto prefix = environment.variable(variable);
    if (!prefix || prefix->empty()) continue;
    for (fs::path& folder : torch_packages(*prefix)) result.folders.push_back(std::move(folder));
  }
  return result;
}

std::optional<std::string> libtorch_version(const fs::path& folder) {
  std::string line;
  // An unpacked LibTorch has a file with nothing else in it; a Python package says it in Python.
  if (std::ifstream file(folder / "build-version"); file && std::getline(file, line) && !line.empty()) return line;
  std::ifstream file(folder / "version.py");
  while (std::getline(file, line)) {
    const auto begin = line.find('\''), end = line.rfind('\'');
    if (line.starts_with("__version__ =") && end > begin && end != std::string::npos) return line.substr(begin + 1, end - begin - 1);
  }
  return std::nullopt;
}

bool fits(const std::string& built, const std::string& found) {
  return major_and_minor(built) == major_and_minor(found);
}

}  // namespace prunec::cli
