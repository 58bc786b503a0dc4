// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "compiler/cli/output.h"
#include "compiler/diag/nearest.h"

namespace prunec::cli {

struct Arguments::Machine {
  CLI::App app;
  std::string command, examples;

  Machine(const std::string& name, const std::string& summary) : app(summary, "prunec " + name), command(name) {}
};

namespace {

std::vector<std::string> flag_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

ArgumentDescription describe(const CLI::Option& option) {
  ArgumentDescription described;
  for (const std::string& name : option.get_snames()) described.flags.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) described.flags.push_back("--" + name);
  described.value = option.get_positional()               ? option.get_single_name()
                    : option.get_items_expected_max() > 0 ? option.get_option_text()
                                                          : "";
  described.help = option.get_description();
  described.repeated = option.get_expected_max() > 1 || option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
  return described;
}

Diagnostic unknown_flag(const CLI::App& app, const std::string& command, const std::string& argument) {
  const std::string flag = argument.substr(0, argument.find('='));
  Diagnostic diagnostic{Code::kP0801, "`prunec " + command + "` has no flag `" + flag + "`"};
  diagnostic.help = did_you_mean(flag, flag_names(app), "`prunec " + command + " --help` lists the flags");
  return diagnostic;
}

Diagnostic left_over(const CLI::App& app, const std::string& command, const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (argument.size() > 1 && argument.front() == '-') return unknown_flag(app, command, argument);
  }
  Diagnostic diagnostic{Code::kP0802, "`prunec " + command + "` has no use for the argument `" + arguments.front() + "`"};
  diagnostic.help = "`prunec " + command + " --help` shows what it takes";
  return diagnostic;
}

/// Values are read as text, so all that CLI11 can find is a flag with too few values or too many.
Diagnostic wrong_count(const std::string& command, const CLI::Error& error) {
  const std::string text = error.what();
  const std::string flag = text.substr(0, text.find(':'));
  const bool twice = text.find("received") != std::string::npos;
  Diagnostic diagnostic{Code::kP0802, "`" + flag + "` " + (twice ? "is given twice" : "needs a value")};
  diagnostic.help = "`prunec " + command + " --help` shows what it takes";
  return diagnostic;
}

}  // namespace

Arguments::Arguments(const std::string& command, const std::string& summary) : machine_(std::make_unique<Machine>(command, summary)) {
  machine_->app.set_help_flag("-h,--help", "Show this help");
  machine_->app.allow_extras();
}

Arguments::~Arguments() = default;

void Arguments::positional(std::optional<std::string>& target, const std::string& name, const std::string& help) {
  machine_->app.add_option(name, target, help)->option_text(" ");
}

void Arguments::positionals(std::vector<std::string>& target, const std::string& name, const std::string& help) {
  machine_->app.add_option(name, target, help)->option_text("...");
}

void Arguments::option(std::optional<std::string>& target, const std::string& names, const std::string& value, const std::string& help) {
  machine_->app.add_option(names, target, help)->option_text(value);
}

void Arguments::repeated(std::vector<std::string>& target, const std::string& names, const std::string& value, const std::string& help) {
  machine_->app.add_option(names, target, help)->option_text(value)->expected(1)->take_all();
}

void Arguments::operators(Environment& environment) {
  repeated(environment.operators, "--ops", "FILE", "A library of operators that the model calls; may be given several times");
}

void Arguments::flag(bool& target, const std::string& name, const std::string& help) {
  machine_->app.add_flag(name, target, help);
}

void Arguments::examples(const std::string& text) {
  machine_->examples = text;
  machine_->app.footer("Examples:\n" + text);
}

std::string Arguments::help() const {
  return machine_->app.help();
}

CommandDescription Arguments::description() const {
  CommandDescription described;
  described.name = machine_->command;
  described.purpose = machine_->app.get_description();
  described.examples = machine_->examples;
  for (const CLI::Option* option : machine_->app.get_options()) described.arguments.push_back(describe(*option));
  return described;
}

std::optional<ExitCode> Arguments::parse(const std::vector<std::string>& arguments, Environment& environment) {
  if (environment.describe) {
    environment.describe(description());
    return ExitCode::kDone;
  }
  const auto refuse = [&](Diagnostic diagnostic) {
    Output(environment).report({std::move(diagnostic)});
    return ExitCode::kUsage;
  };
  try {
    machine_->app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    environment.out << help();
    return ExitCode::kDone;
  } catch (const CLI::ParseError& error) {
    return refuse(wrong_count(machine_->command, error));
  }
  const std::vector<std::string> rest = machine_->app.remaining();
  if (!rest.empty()) return refuse(left_over(machine_->app, machine_->command, rest));
  return std::nullopt;
}

}  // namespace prunec::cli
