// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/imports.h"

#include <algorithm>

#include "compiler/check/checks.h"
#include "compiler/diag/nearest.h"

namespace prunec::checks {
namespace {

constexpr std::string_view kEnding = ".prune";
/// Files that use files; nobody follows more.
constexpr std::size_t kDeepest = 32;

/// `rules/resnet50.prune` is called `resnet50`.
std::string stem_of(const std::string& file) {
  const std::string last = file.substr(file.find_last_of('/') + 1);
  return last.ends_with(kEnding) ? last.substr(0, last.size() - kEnding.size()) : last;
}

Diagnostic not_found(const ast::Use& use, const SourceRange& at, const NotFound& failure) {
  const std::string& name = use.file.text;
  switch (failure.reason) {
    case NotFound::Reason::kEscapes: {
      Diagnostic diagnostic{Code::kP0218, "`" + name + "` leaves the folder of the rules", at};
      diagnostic.help = "name a file in the folder of the rules or below it, or installed rules";
      return diagnostic;
    }
    case NotFound::Reason::kUnreadable: {
      Diagnostic diagnostic{Code::kP0216, "the rule file `" + name + "` cannot be read", at};
      diagnostic.notes.push_back({{}, failure.detail});
      return diagnostic;
    }
    case NotFound::Reason::kMissing:
      break;
  }
  if (name.empty()) return {Code::kP0216, "the name of the rule file is empty", at};
  Diagnostic diagnostic{Code::kP0216, "there is no rule file `" + name + "`", at};
  std::vector<std::string> known = failure.known;
  if (!name.ends_with(kEnding)) {
    for (std::string& file : known) file.resize(file.size() - kEnding.size());
  }
  diagnostic.help = did_you_mean(name, known, "files are looked for beside this one, then among the installed rules");
  return diagnostic;
}

}  // namespace

std::vector<std::pair<std::size_t, Diagnostics>> Imports::load(CheckedRules& rules) {
  std::vector<std::pair<std::size_t, Diagnostics>> errors;
  for (const ast::Item& item : rules.file.items) {
    const auto* use = std::get_if<ast::Use>(&item);
    if (use == nullptr) continue;
    Import import{use->name ? use->name->text : stem_of(use->file.text), {}, use->at, nullptr};
    if (use->under) import.under = use->under->pattern;
    Diagnostics found = load_one(rules, *use, import);
    if (!found.empty()) errors.emplace_back(use->at.begin, std::move(found));
    rules.imports.push_back(std::move(import));
  }
  return errors;
}

Diagnostics Imports::load_one(CheckedRules& rules, const ast::Use& use, Import& import) {
  const SourceRange at{rules.file.source, use.file.at};
  const auto found = library_.find(use.file.text, *rules.file.source);
  if (const auto* failure = std::get_if<NotFound>(&found)) return {not_found(use, at, *failure)};
  const auto& source = std::get<std::shared_ptr<const SourceFile>>(found);
  const auto again = std::find(way_.begin(), way_.end(), source->path());
  if (again != way_.end()) {
    Diagnostic cycle{Code::kP0217, "`" + source->path() + "` uses itself", at};
    std::string way;
    for (auto file = again; file != way_.end(); ++file) way += "`" + *file + "` uses ";
    if (std::next(again) != way_.end()) cycle.notes.push_back({{}, way + "`" + source->path() + "`"});
    cycle.help = "leave one `use` of the circle out";
    return {std::move(cycle)};
  }
  if (way_.size() >= kDeepest) {
    Diagnostic deep{Code::kP0225, "this is file " + std::to_string(way_.size() + 1) + " in a row that uses another", at};
    deep.help = "let files use what they need directly; at most " + std::to_string(kDeepest) + " may follow one another";
    return {std::move(deep)};
  }
  return judge_file(source, {rules.file.source, use.at}, import);
}

Diagnostics Imports::judge_file(const std::shared_ptr<const SourceFile>& source, const SourceRange& used_at, Import& import) {
  const auto known = judged_.find(source->path());
  if (known != judged_.end()) {
    import.rules = known->second;
    return {};
  }
  way_.push_back(source->path());
  Judged judged = judge(parse_tolerantly(source), *this);
  way_.pop_back();
  if (judged.good) import.rules = std::make_shared<const CheckedRules>(std::move(judged.rules));
  judged_.emplace(source->path(), import.rules);
  std::erase_if(judged.diagnostics, [](const Diagnostic& d) { return d.severity() == Severity::kWarning; });
  for (Diagnostic& diagnostic : judged.diagnostics) diagnostic.notes.push_back({used_at, "the file is used here"});
  return std::move(judged.diagnostics);
}

}  // namespace prunec::checks
