// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// The whole way from a plan and scores to what is kept, on random networks and plans.

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <iostream>
#include <optional>

#include "runtime/bind/bind.h"
#include "runtime/bind/coupled_sets.h"
#include "runtime/slice/plan_edits.h"
#include "runtime/solve/budget_solver.h"
#include "runtime/solve/solve.h"
#include "tests/support/pruning_case.h"
#include "tests/support/pruning_rules.h"

namespace prunec {
namespace {

using test::PruningCase;
using test::ScoreDraw;

constexpr unsigned kCases = 600;  // from seed 0 on, half of them with many equal scores

PruningCase case_of(unsigned seed) {
  return test::random_case(seed, seed % 2 == 0 ? ScoreDraw::kDistinct : ScoreDraw::kOften);
}

/// A case with its bound plan and scores.
struct Bound {
  BoundPlan plan;
  Scores scores;
};

std::optional<Bound> bind(const PruningCase& pruning) {
  auto plan = bind_plan(pruning.plan, pruning.graph, {});
  EXPECT_TRUE(plan) << plan.diagnostics.front().message;
  if (!plan) return std::nullopt;
  Bound bound{std::move(*plan), {}};
  std::vector<double> values;
  for (std::size_t s = 0; s < bound.plan.sets.size(); ++s) {
    const auto& members = bound.plan.sets[s].members;
    for (std::size_t m = 0; m < members.size(); ++m) {
      for (std::size_t vote = 0; members[m].role == SiteRole::kVoter && vote < members[m].per_channel; ++vote) {
        const std::size_t begin = values.size();
        const auto& gammas = pruning.gammas.at(pruning.graph.norms[members[m].norm].path);
        for (const std::size_t position : positions_of_vote(members[m], vote)) values.push_back(std::abs(gammas[position]));
        bound.scores.voters.push_back({s, begin, values.size(), m});
      }
    }
  }
  if (values.empty()) return std::nullopt;  // nothing may be pruned
  bound.scores.values = at::tensor(values, at::kDouble);
  return bound;
}

using Amount = std::variant<Ratio, Threshold>;
struct BoundCase {
  unsigned seed = 0;
  PruningCase pruning;
  Bound bound;
};

/// Those of the first `count` cases in which anything may be pruned.
std::vector<BoundCase> bound_cases(unsigned count) {
  std::vector<BoundCase> cases;
  for (unsigned seed = 0; seed < count; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    PruningCase pruning = case_of(seed);
    if (auto bound = bind(pruning)) cases.push_back({seed, std::move(pruning), std::move(*bound)});
  }
  return cases;
}

const std::vector<Amount> kAmounts{Ratio{0.3, false, {}}, Ratio{0.6, false, {}}, Ratio{0.5, true, {}}, Ratio{0.99, false, {}},
                                   Ratio{0.99, true, {}}, Threshold{1.5, {}},    Threshold{200, {}}};

BudgetSolver budgets(const PruningCase& pruning, const Bound& bound, Resource resource) {
  const NetworkCost cost(pruning.graph, bound.plan, pruning.shapes);
  if (resource == Resource::kChannels) return {bound.plan, pruning.graph, bound.scores, cost.channels()};
  if (resource == Resource::kMacs) return {bound.plan, pruning.graph, bound.scores, cost.macs(pruning.graph.costs)};
  std::vector<std::string> parameters;
  for (const auto& [name, shape] : pruning.shapes) parameters.push_back(name);
  return {bound.plan, pruning.graph, bound.scores, cost.parameters(parameters)};
}

std::vector<bool> removed_at(const Bound& bound, const Amount& amount) {
  return removed_channels(bound.plan, solve(bound.plan, bound.scores, amount));
}

bool all_of_it_in(const std::vector<bool>& fewer, const std::vector<bool>& more) {
  for (std::size_t i = 0; i < fewer.size(); ++i) {
    if (fewer[i] && !more[i]) return false;
  }
  return true;
}

TEST(SolveProperties, EveryConstraintHolds) {
  std::size_t solutions = 0, removed_in_all = 0;
  for (const auto& [seed, pruning, bound] : bound_cases(kCases)) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    for (const Amount& amount : kAmounts) {
      const Solution solution = solve(bound.plan, bound.scores, amount);
      const auto removed = removed_channels(bound.plan, solution);
      EXPECT_EQ(test::broken_rules(pruning, removed), std::set<std::string>{});
      std::vector<std::vector<bool>> sets;
      for (const SetSolution& set : solution.sets) sets.push_back(set.removed);
      EXPECT_EQ(sets, test::plainly_solved(bound.plan, bound.scores, amount));
      removed_in_all += static_cast<std::size_t>(std::count(removed.begin(), removed.end(), true));
      ++solutions;
    }
  }
  std::cout << solutions << " solutions of " << kCases << " cases from seed 0, " << removed_in_all << " channels removed\n";
  EXPECT_GT(removed_in_all, solutions);
}

TEST(SolveProperties, EveryConstraintHoldsUnderBudgets) {
  std::size_t solutions = 0, beyond = 0;
  for (const auto& [seed, pruning, bound] : bound_cases(kCases)) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    for (const Resource resource : {Resource::kChannels, Resource::kMacs, Resource::kParams}) {
      const BudgetSolver solver = budgets(pruning, bound, resource);
      for (const double share : {0.3, 0.5, 0.7, 0.9}) {
        const auto solved = solver.solve({resource, share, {}});
        if (!solved) {
          ++beyond;
          continue;
        }
        ++solutions;
        const auto removed = removed_channels(bound.plan, solved->solution);
        EXPECT_EQ(test::broken_rules(pruning, removed), std::set<std::string>{});
        EXPECT_LE(solved->after, solved->limit);
        if (resource == Resource::kChannels) continue;
        EXPECT_LE(test::counted(pruning, resource, removed), solved->after);
      }
    }
  }
  std::cout << solutions << " solutions, " << beyond << " budgets out of reach\n";
  EXPECT_GT(solutions, beyond);
}

/// Spoils solutions in ways that break one rule each; the judge of the tests above has to notice every one of them.
TEST(SolveProperties, SpoiltSolutionsAreNoticed) {
  std::map<std::string, std::size_t> noticed;
  for (const auto& [seed, pruning, bound] : bound_cases(kCases)) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto removed = removed_at(bound, Ratio{0.4, false, {}});
    const auto spoil = [&](const std::string& rule, std::vector<ChannelId> ids) {
      std::vector<bool> spoilt = removed;
      for (const ChannelId id : ids) spoilt[id] = !spoilt[id];
      EXPECT_TRUE(test::broken_rules(pruning, spoilt).contains(rule)) << rule;
      ++noticed[rule];
    };
    for (const Coupling& coupling : pruning.graph.couplings) spoil("coupling", {coupling.pairs.front().first});
    for (const Pin& pin : pruning.graph.pins) spoil("pin", pin.ids);
    for (const GroupedConvolution& layer : pruning.graph.grouped) spoil("groups", {layer.outputs.back()});
    for (const Statement& statement : pruning.plan.statements) {
      const auto norm_of = [&](const SiteUse& use) {
        return *std::find_if(pruning.graph.norms.begin(), pruning.graph.norms.end(), [&](const NormSite& n) { return n.path == use.name; });
      };
      if (const auto* skip = std::get_if<Skip>(&statement)) spoil("skip", {norm_of(skip->sites[0]).ids.front()});
    }
    for (const CoupledSet& set : bound.plan.sets) {
      // One channel more or less of the whole set, with all that it is coupled to; then all of it.
      const auto all_but = [&](std::size_t kept) {
        std::vector<bool> spoilt = removed;
        for (std::size_t i = 0; i < set.width; ++i) {
          for (std::size_t id = 0; id < spoilt.size(); ++id) {
            if (bound.plan.class_of[id] == set.classes[i]) spoilt[id] = i >= kept;
          }
        }
        return test::broken_rules(pruning, spoilt);
      };
      EXPECT_TRUE(all_but(0).contains("last channel"));
      ++noticed["last channel"];
      const bool one_cell = set.cell_count == 1 && set.kept_because.empty();
      for (const WidthFloor& floor : set.floors) {
        if (!one_cell || floor.keyword == "skip" || floor.least < 2) continue;
        EXPECT_TRUE(all_but(floor.least - 1).contains(floor.keyword));
        ++noticed[floor.keyword];
      }
      if (one_cell && set.multiple_because && set.multiple > 1 && set.width > set.multiple) {
        EXPECT_TRUE(all_but(set.multiple - 1).contains("divisible"));
        ++noticed["divisible"];
      }
    }
  }
  for (const char* rule : {"coupling", "pin", "groups", "skip", "last channel", "divisible", "keep at least", "remove at most"}) {
    std::cout << rule << " " << noticed[rule] << "\n";
    EXPECT_GT(noticed[rule], 20U) << rule;
  }
}

TEST(SolveProperties, AGreaterAmountTakesTheSameChannelsAndOthers) {
  std::size_t steps = 0;
  for (const auto& [seed, pruning, bound] : bound_cases(kCases)) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    for (const bool exact : {false, true}) {
      std::vector<bool> last = removed_at(bound, Ratio{0, exact, {}});
      for (int percent = 10; percent < 100; percent += 10) {
        std::vector<bool> next = removed_at(bound, Ratio{percent / 100.0, exact, {}});
        EXPECT_TRUE(all_of_it_in(last, next)) << percent << " %" << (exact ? " exact" : "");
        last = std::move(next);
        ++steps;
      }
    }
  }
  std::cout << steps << " steps\n";
}

TEST(SolveProperties, MoreBudgetNeverKeepsLess) {
  std::size_t steps = 0;
  for (const auto& [seed, pruning, bound] : bound_cases(kCases / 3)) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    for (const Resource resource : {Resource::kChannels, Resource::kMacs, Resource::kParams}) {
      const BudgetSolver solver = budgets(pruning, bound, resource);
      double last = 0;
      for (int percent = 1; percent <= 100; percent += 3) {
        const auto solved = solver.solve({resource, percent / 100.0, {}});
        if (!solved) continue;
        EXPECT_GE(solved->kept_score, last) << percent << " %";
        last = solved->kept_score;
        ++steps;
      }
    }
  }
  std::cout << steps << " steps\n";
}

std::map<std::string, std::vector<bool>> by_name(const PruningCase& pruning, const std::vector<bool>& removed) {
  std::map<std::string, std::vector<bool>> result;
  for (const NormSite& norm : pruning.graph.norms) {
    for (const ChannelId id : norm.ids) result[norm.path].push_back(removed[id]);
  }
  return result;
}

TEST(SolveProperties, TheOrderInWhichThingsAreListedChangesNothing) {
  for (unsigned seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const PruningCase one = case_of(seed);
    const PruningCase other = test::shuffled(one, seed);
    const auto bound = bind(one), moved = bind(other);
    ASSERT_EQ(bound.has_value(), moved.has_value());
    if (!bound) continue;
    for (const Amount& amount : kAmounts) EXPECT_EQ(by_name(one, removed_at(*bound, amount)), by_name(other, removed_at(*moved, amount)));
    for (const Resource resource : {Resource::kMacs, Resource::kParams}) {
      const Budget budget{resource, 0.6, {}};
      const auto first = budgets(one, *bound, resource).solve(budget), second = budgets(other, *moved, resource).solve(budget);
      ASSERT_EQ(first.value.has_value(), second.value.has_value());
      if (!first) continue;
      EXPECT_EQ(by_name(one, removed_channels(bound->plan, first->solution)),
                by_name(other, removed_channels(moved->plan, second->solution)));
    }
  }
}

/// What is left of a case when these channels have gone.
PruningCase cut(const PruningCase& pruning, const std::vector<bool>& removed) {
  PruningCase left = pruning;
  const auto keep = [&](auto& ids) { std::erase_if(ids, [&](ChannelId id) { return removed[id]; }); };
  for (std::size_t n = 0; n < left.graph.norms.size(); ++n) {
    std::vector<double> gammas;
    const std::vector<ChannelId>& ids = pruning.graph.norms[n].ids;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (!removed[ids[i]]) gammas.push_back(pruning.gammas.at(pruning.graph.norms[n].path)[i]);
    }
    left.gammas[pruning.graph.norms[n].path] = std::move(gammas);
    keep(left.graph.norms[n].ids);
  }
  for (Coupling& coupling : left.graph.couplings) std::erase_if(coupling.pairs, [&](const auto& pair) { return removed[pair.first]; });
  for (ParameterAxis& axis : left.graph.axes) {
    keep(axis.ids);
    left.shapes[axis.tensor][static_cast<std::size_t>(axis.axis)] = static_cast<std::int64_t>(axis.ids.size());
  }
  return left;
}

TEST(SolveProperties, ASolutionIsSolvedToItselfAgain) {
  std::size_t again = 0, budgets_again = 0;
  for (const auto& [seed, pruning, bound] : bound_cases(kCases)) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Solution by_ratio = solve(bound.plan, bound.scores, Ratio{0.4, false, {}});
    EXPECT_EQ(by_ratio, solve(bound.plan, bound.scores, Ratio{0.4, false, {}}));
    if (bound.plan.pools.size() > 1 || !pruning.graph.grouped.empty()) continue;
    const Threshold threshold{by_ratio.pools[0].threshold, {}};
    const auto removed = removed_at(bound, threshold);
    EXPECT_EQ(removed, removed_channels(bound.plan, by_ratio));

    const auto budget = budgets(pruning, bound, Resource::kMacs).solve({Resource::kMacs, 0.6, {}});
    if (budget) {
      const PruningCase left = cut(pruning, removed_channels(bound.plan, budget->solution));
      const auto rebound = bind(left);
      const BudgetSolver solver = budgets(left, *rebound, Resource::kMacs);
      const double same = static_cast<double>(budget->limit) / static_cast<double>(solver.full_cost());
      const auto once_more = solver.solve({Resource::kMacs, same, {}});
      ASSERT_TRUE(once_more);
      EXPECT_EQ(once_more->after, budget->after);
      EXPECT_EQ(once_more->solution.pool_removed, 0U);
      ++budgets_again;
    }
    // A threshold, too, finds nothing more; but shares of a width and the counts of `quota` mean less when the width is less.
    const bool relative = std::any_of(pruning.plan.statements.begin(), pruning.plan.statements.end(), [](const Statement& statement) {
      const auto* keep = std::get_if<KeepAtLeast>(&statement);
      return std::holds_alternative<RemoveAtMost>(statement) || (keep && std::holds_alternative<double>(keep->least));
    });
    const bool quota =
        std::any_of(bound.plan.sets.begin(), bound.plan.sets.end(), [](const CoupledSet& set) { return set.policy == Policy::kQuota; });
    if (relative || quota) continue;
    const PruningCase left = cut(pruning, removed);
    const auto rebound = bind(left);
    EXPECT_EQ(solve(rebound->plan, rebound->scores, threshold).pool_removed, 0U);
    ++again;
  }
  std::cout << again << " thresholds and " << budgets_again << " budgets solved again\n";
  EXPECT_GT(again, 50U);
  EXPECT_GT(budgets_again, 50U);
}

}  // namespace
}  // namespace prunec
