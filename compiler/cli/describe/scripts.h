// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Completion scripts and the manual, made of the description of the command line.
#pragma once

#include <string>
#include <vector>

#include "compiler/cli/describe/description.h"

namespace prunec::cli {

/// The shells that `prunec completion` knows.
std::vector<std::string> shell_names();

/// The script of one of `shell_names`.
std::string completion_script(const std::string& shell, const std::vector<CommandDescription>& commands);

std::string bash_completion(const std::vector<CommandDescription>& commands);
std::string zsh_completion(const std::vector<CommandDescription>& commands);
std::string fish_completion(const std::vector<CommandDescription>& commands);

/// prunec(1), in the macros of man.
std::string manual(const std::vector<CommandDescription>& commands);

}  // namespace prunec::cli
