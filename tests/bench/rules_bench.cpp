// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// How long generated rule files take, by their number of statements: from the text to the plan's text, and through `fmt`.

#include <benchmark/benchmark.h>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include "compiler/check/lower.h"
#include "compiler/format/format.h"
#include "compiler/plan/plan_toml.h"
#include "compiler/syntax/parse.h"

namespace prunec {
namespace {

/// A file with this many statements, a quarter of them sites, the others in one strategy that uses them all.
std::shared_ptr<const SourceFile> rules(std::int64_t statements) {
  const std::int64_t sites = statements / 4;
  std::string text = "prunec 1\narchitecture net\n";
  for (std::int64_t i = 0; i < sites; ++i) {
    const std::string number = std::to_string(i);
    text += "site s" + number + " = layer{stage}.{block=1..}.part" + number + ".bn  # site " + number + "\n";
  }
  text += "strategy all \"everything\" {\n";
  for (std::int64_t i = 0; i < sites; ++i) {
    const std::string site = "s" + std::to_string(i);
    text += "  prune " + site + "\n  tie " + site + "[stage=2..] across stage by max\n  divisible 8 of " + site + " round nearest\n";
  }
  return std::make_shared<const SourceFile>("generated.prune", text + "  ratio 40%\n}\n");
}

/// As many strategies of two statements each, every one upon one of the first thirty.
std::shared_ptr<const SourceFile> strategies(std::int64_t statements) {
  std::string text = "prunec 1\narchitecture net\nsite a = x.{stage}.bn\nsite b = y.{stage}.bn\nstrategy all { prune a, b }\n";
  for (std::int64_t i = 0; i < statements / 3; ++i) {
    const std::string parent = i == 0 ? "all" : "s" + std::to_string(i < 30 ? i - 1 : i % 30);
    text += "strategy s" + std::to_string(i) + " extends " + parent + " {\n  skip a[stage=" + std::to_string(i + 1) + "]\n  ratio 40%\n}\n";
  }
  return std::make_shared<const SourceFile>("generated.prune", text);
}

/// One list of all the sites in each of three statements.
std::shared_ptr<const SourceFile> long_lists(std::int64_t statements) {
  std::string text = "prunec 1\narchitecture net\n", list;
  for (std::int64_t i = 0; i < statements; ++i) {
    const std::string name = "s" + std::to_string(i);
    text += "site " + name + " = layer{stage}.part" + std::to_string(i) + ".bn\n";
    list += (i == 0 ? "" : ",\n    ") + name;
  }
  text += "strategy all {\n  prune " + list + "\n  tie " + list + " across stage\n  divisible 8 of " + list + "\n  ratio 40%\n}\n";
  return std::make_shared<const SourceFile>("generated.prune", text);
}

void compile(benchmark::State& state, std::shared_ptr<const SourceFile> (*make)(std::int64_t)) {
  const auto source = make(state.range(0));
  for (auto _ : state) {
    const auto checked = parse_and_check(source);
    if (!checked) throw std::logic_error("the generated file has mistakes: " + checked.diagnostics.front().message);
    benchmark::DoNotOptimize(write_plan(lower(*checked, "all")));
  }
  state.SetComplexityN(state.range(0));
}

void fmt(benchmark::State& state) {
  const auto source = rules(state.range(0));
  for (auto _ : state) {
    const auto file = parse(source);
    benchmark::DoNotOptimize(format_rules(*file));
  }
  state.SetComplexityN(state.range(0));
}

void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->Arg(100)->Arg(1000)->Arg(10000)->Arg(40000)->Unit(benchmark::kMillisecond)->Complexity();
}

BENCHMARK_CAPTURE(compile, statements, rules)->Apply(sizes);
BENCHMARK_CAPTURE(compile, strategies, strategies)->Apply(sizes);
BENCHMARK_CAPTURE(compile, long_lists, long_lists)->Apply(sizes);
BENCHMARK(fmt)->Apply(sizes);

}  // namespace
}  // namespace prunec

BENCHMARK_MAIN();
