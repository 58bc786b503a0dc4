// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/find.h"

#include <algorithm>
#include <filesystem>

#include "compiler/diag/nearest.h"
#include "compiler/source/file_io.h"

namespace prunec::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRulesEnding = ".prune";
constexpr const char* kPlanEnding = ".plan.toml";

/// The names of the folder's files with the ending, sorted; none for a folder that cannot be read.
std::vector<std::string> files_with(const fs::path& folder, const std::string& ending) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    std::error_code ignored;
    if (name.size() > ending.size() && name.ends_with(ending) && !name.starts_with('.') && entry->is_regular_file(ignored))
      names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string without(const std::string& name, const std::string& ending) {
  return name.substr(0, name.size() - ending.size());
}

bool is_bare(const std::string& name) {
  return name.find('/') == std::string::npos && !name.ends_with(kRulesEnding);
}

Diagnostic several(const std::string& kind, const std::vector<std::string>& names, const std::string& help) {
  Diagnostic diagnostic{Code::kP0804, "there are several " + kind + " here: " + quoted_list(names, "and")};
  diagnostic.help = help;
  return diagnostic;
}

Diagnostic unknown_rules(const std::string& name, const Environment& environment) {
  const std::vector<std::string> installed = installed_rules_names(environment);
  Diagnostic diagnostic{Code::kP0806, "no file and no installed rules are named `" + name + "`"};
  diagnostic.help = did_you_mean(name, installed,
                                 installed.empty() ? "no rules are installed; name a rule file" : "installed are " + quoted_few(installed));
  return diagnostic;
}

Outcome<std::string> installed_rules(const std::string& name, const Environment& environment) {
  for (const std::string& folder : rules_folders(environment)) {
    const fs::path path = (fs::path(folder) / (name + kRulesEnding)).lexically_normal();
    std::error_code ignored;
    if (fs::is_regular_file(path, ignored)) return path.string();
  }
  return unknown_rules(name, environment);
}

}  // namespace

std::vector<std::string> rules_folders(const Environment& environment) {
  std::vector<std::string> folders;
  const auto given = environment.variable("PRUNEC_RULES_PATH");
  if (!given || given->empty()) return {(fs::path(environment.program_folder) / "../share/prunec/rules").lexically_normal().string()};
  for (std::size_t begin = 0; begin <= given->size();) {
    const std::size_t end = std::min(given->find(':', begin), given->size());
    if (end > begin) folders.push_back(given->substr(begin, end - begin));
    begin = end + 1;
  }
  return folders;
}

std::vector<std::string> installed_rules_names(const Environment& environment) {
  std::vector<std::string> installed;
  for (const std::string& folder : rules_folders(environment)) {
    for (const std::string& file : files_with(folder, kRulesEnding)) installed.push_back(without(file, kRulesEnding));
  }
  std::sort(installed.begin(), installed.end());
  installed.erase(std::unique(installed.begin(), installed.end()), installed.end());
  return installed;
}

Outcome<std::string> find_rules(const std::optional<std::string>& given, const Settings& settings, const Environment& environment) {
  if (const auto& name = given ? given : settings.rules) {
    std::error_code ignored;
    if (is_bare(*name) && !fs::is_regular_file(*name, ignored)) return installed_rules(*name, environment);
    return *name;
  }
  const auto names = files_with(".", kRulesEnding);
  if (names.size() == 1) return names.front();
  if (names.size() > 1) return several("rule files", names, "name one of them, for example `prunec compile " + names.front() + "`");
  Diagnostic diagnostic{Code::kP0805, "there is no rule file in this folder"};
  diagnostic.help = "name a file or installed rules, for example `prunec compile resnet18`";
  return diagnostic;
}

Outcome<std::string> find_plan(const Settings& settings) {
  if (settings.plan) return *settings.plan;
  const auto names = files_with(".", kPlanEnding);
  if (settings.rules) {
    const std::string wanted = plan_name(*settings.rules);
    if (std::find(names.begin(), names.end(), wanted) != names.end()) return wanted;
  }
  if (names.size() == 1) return names.front();
  if (names.size() > 1) return several("plans", names, "choose one of them with `--plan`");
  Diagnostic diagnostic{Code::kP0805, "there is no plan in this folder"};
  diagnostic.help = "run `prunec compile` first, or give rules, for example `--rules resnet18 --strategy all`";
  return diagnostic;
}

Outcome<std::shared_ptr<const SourceFile>> read_source(const std::string& path, const std::string& kind) {
  auto file = read_file(path);
  if (auto* bytes = std::get_if<std::string>(&file)) return std::make_shared<const SourceFile>(path, std::move(*bytes));
  const IoError& error = std::get<IoError>(file);
  Diagnostic diagnostic{Code::kP0803, error.missing ? "there is no such " + kind : "the " + kind + " cannot be read", FilePlace{path}};
  if (!error.missing) diagnostic.notes.push_back({{}, error.reason});
  return diagnostic;
}

FolderLibrary library_for(const std::string& rules_path, const Environment& environment) {
  return FolderLibrary(rules_path, rules_folders(environment));
}

Outcome<std::string> choose_strategy(const CheckedRules& rules, const std::optional<std::string>& given) {
  const std::string& path = rules.file.source->path();
  if (given && find_strategy({&rules, "", {}}, *given)) return *given;
  const std::vector<std::string> names = rules.all_strategy_names();
  if (given) {
    Diagnostic diagnostic{Code::kP0807, "the rules have no strategy `" + *given + "`", FilePlace{path}};
    diagnostic.help = did_you_mean(*given, names, names.empty() ? "" : "they have " + quoted_few(names));
    return diagnostic;
  }
  if (!rules.default_strategy.empty()) return rules.default_strategy;
  Diagnostic diagnostic{Code::kP0807, "the rules have no strategy", FilePlace{path}};
  diagnostic.help = names.empty() ? "add one, for example `strategy all { prune bn1 }`"
                                  : "choose one of the rules that they use, for example `--strategy " + names.front() + "`";
  return diagnostic;
}

std::string plan_name(const std::string& rules_path) {
  return fs::path(rules_path).stem().string() + kPlanEnding;
}

}  // namespace prunec::cli
