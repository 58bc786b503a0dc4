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

void compile(benchmark::State& state) {
  const auto source = rules(state.range(0));
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

BENCHMARK(compile)->Apply(sizes);
BENCHMARK(fmt)->Apply(sizes);

}  // namespace
}  // namespace prunec

BENCHMARK_MAIN();
