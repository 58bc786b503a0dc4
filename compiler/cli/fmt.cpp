// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/arguments.h"
#include "compiler/cli/command.h"
#include "compiler/cli/find.h"
#include "compiler/cli/output.h"
#include "compiler/format/diff.h"
#include "compiler/format/format.h"
#include "compiler/source/file_io.h"
#include "compiler/syntax/parse.h"

namespace prunec::cli {
namespace {

constexpr const char* kExamples =
    "  prunec fmt my.prune             print the file in canonical layout\n"
    "  prunec fmt --write *.prune      lay out in place\n"
    "  prunec fmt --check *.prune      name the files that differ and exit with 1\n"
    "  prunec fmt --diff my.prune      show what would change";

struct Options {
  std::vector<std::string> files;
  bool write = false, check = false, diff = false;
};

class Formatting {
 public:
  Formatting(const Options& options, Environment& environment) : options_(options), environment_(environment) {}

  Diagnostics run(const std::vector<std::string>& files) {
    for (const std::string& path : files) one(path);
    return std::move(diagnostics_);
  }

  bool differs() const { return differs_; }

 private:
  void one(const std::string& path) {
    auto source = read_source(path, "rule file");
    append(diagnostics_, std::move(source.diagnostics));
    if (!source.value) return;
    auto file = parse(*source.value);
    append(diagnostics_, std::move(file.diagnostics));
    if (!file.value) return;
    const std::string before((*source.value)->text());
    const std::string after = format_rules(*file.value);
    if (before != after) differs_ = true;
    if (options_.diff) environment_.out << unified_diff(path, before, after);
    if (options_.check && !options_.diff && before != after) environment_.out << path << "\n";
    if (options_.write && before != after) write(path, after);
    if (!options_.write && !options_.check && !options_.diff) environment_.out << after;
  }

  void write(const std::string& path, const std::string& text) {
    if (const auto error = write_file_atomically(path, text)) {
      diagnostics_.push_back({Code::kP0852, "the rule file cannot be written", FilePlace{path}});
      diagnostics_.back().notes.push_back({{}, error->reason});
    }
  }

  const Options& options_;
  Environment& environment_;
  Diagnostics diagnostics_;
  bool differs_ = false;
};

}  // namespace

ExitCode run_fmt(const std::vector<std::string>& given, Environment& environment) {
  Options options;
  Output output(environment);
  Arguments arguments("fmt", "Lay rule files out in one canonical way. Comments stay; the meaning is parsed again and must be the same.");
  arguments.positionals(options.files, "RULES", "Rule files. Without one: the folder's only rule file");
  arguments.flag(options.write, "--write", "Replace the files that differ");
  arguments.flag(options.check, "--check", "Write nothing, name the files that differ, exit with 1 if there are any");
  arguments.flag(options.diff, "--diff", "Show the differences");
  output.add_to(arguments);
  arguments.examples(kExamples);
  if (const auto ended = arguments.parse(given, environment)) return *ended;
  if (!output.ready()) return ExitCode::kUsage;

  Diagnostics diagnostics;
  if (options.write && options.check) {
    diagnostics.push_back({Code::kP0802, "`--write` and `--check` exclude each other"});
  } else if (options.files.empty()) {
    auto only = find_rules(std::nullopt, {}, environment);
    append(diagnostics, std::move(only.diagnostics));
    if (only.value) options.files.push_back(*only.value);
  }
  Formatting formatting(options, environment);
  if (!has_error(diagnostics)) diagnostics = output.controlled(formatting.run(options.files));
  output.report(diagnostics);
  const ExitCode code = exit_code(diagnostics);
  return code == ExitCode::kDone && options.check && formatting.differs() ? ExitCode::kJudgedBad : code;
}

}  // namespace prunec::cli
