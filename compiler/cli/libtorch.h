// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Where LibTorch is when it is not, or is not to be, the one that the runtime library was built with.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "compiler/cli/command.h"

namespace prunec::cli {

/// The folders that hold `lib/libtorch_cpu.so`: the one that PRUNEC_TORCH_DIR names and nothing else, or, without it, the torch packages
/// of the active Python environment (VIRTUAL_ENV, CONDA_PREFIX).
struct LibTorchFolders {
  std::vector<std::filesystem::path> folders;
  bool named = false;  ///< by the user, so that nothing else will do
};
LibTorchFolders libtorch_folders(const Environment& environment);

/// The version that the folder's own files tell, such as `2.14.1+cpu`; nothing when they tell none.
std::optional<std::string> libtorch_version(const std::filesystem::path& folder);

/// Whether the runtime library, built with version `built`, can be used with version `found`: C++ interfaces change between minor versions.
bool fits(const std::string& built, const std::string& found);

}  // namespace prunec::cli
