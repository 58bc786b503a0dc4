// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Which rule file or plan a command works on.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/check/check.h"
#include "compiler/cli/command.h"
#include "compiler/cli/settings.h"
#include "compiler/diag/outcome.h"

namespace prunec::cli {

/// The folders of installed rules, in the order of the search.
std::vector<std::string> rules_folders(const Environment& environment);

/// The names of the installed rules, sorted.
std::vector<std::string> installed_rules_names(const Environment& environment);

/// A path, or the bare name of installed rules; without one, that of the settings, else the working folder's only rule file.
Outcome<std::string> find_rules(const std::optional<std::string>& given, const Settings& settings, const Environment& environment);

/// That of the settings, else the working folder's only plan.
Outcome<std::string> find_plan(const Settings& settings);

/// The text of a rule file or plan; `kind` completes "the ... cannot be read".
Outcome<std::shared_ptr<const SourceFile>> read_source(const std::string& path, const std::string& kind);

/// Where a rule file finds those that it uses: beside itself, then among the installed ones.
FolderLibrary library_for(const std::string& rules_path, const Environment& environment);

/// The given strategy, which may lie in a file that is used, else the default one of the rules.
Outcome<std::string> choose_strategy(const CheckedRules& rules, const std::optional<std::string>& given);

/// The name of the plan that `compile` writes for a rule file: its stem with `.plan.toml`, in the working folder.
std::string plan_name(const std::string& rules_path);

}  // namespace prunec::cli
