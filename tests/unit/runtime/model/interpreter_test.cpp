// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/interpreter.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "runtime/model/record.h"
#include "tests/support/script_model.h"

namespace prunec {
namespace {

using test::ScriptModel;

/// Runs both ways and compares bit for bit.
void expect_like_the_jit(ScriptModel& model, const at::Tensor& input) {
  const auto ours = tensors_in(interpret_forward(model.module(), {input}, nullptr));
  const auto theirs = tensors_in(model.module().forward({input}));
  ASSERT_EQ(ours.size(), theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i) EXPECT_TRUE(at::equal(ours[i], theirs[i])) << "output " << i;
}

TEST(Interpreter, RunsAResidualNetworkLikeTheJit) {
  ScriptModel model = test::residual_network(6);
  expect_like_the_jit(model, at::randn({2, 3, 9, 7}));
}

TEST(Interpreter, FollowsBranchesAndLoops) {
  ScriptModel model;
  model.forward(
      "  total = torch.zeros_like(x)\n"
      "  for i in range(x.size(1)):\n"
      "    if i % 2 == 0:\n"
      "      total = total + x * i\n"
      "    else:\n"
      "      total = total - x\n"
      "  n = 0\n"
      "  while n < 3:\n"
      "    n += 1\n"
      "  return total * n\n");
  expect_like_the_jit(model, at::randn({1, 5, 2, 2}));
}

TEST(Interpreter, BuildsListsTuplesAndDicts) {
  ScriptModel model;
  model.forward(
      "  parts = []\n"
      "  for i in range(3):\n"
      "    parts.append(x + i)\n"
      "  a, b = torch.chunk(x, 2, 1)\n"
      "  d = {'a': a, 'b': b}\n"
      "  t = (torch.cat(parts, 1), d['b'])\n"
      "  return t[0], t[1], torch.stack(parts)\n");
  expect_like_the_jit(model, at::randn({1, 4, 2, 2}));
}

TEST(Interpreter, CallsMethodsAndHandlesOptionals) {
  ScriptModel model;
  model.module().define(
      "def scaled(self, x, by: Optional[float] = None):\n"
      "  if by is None:\n"
      "    return x\n"
      "  return x * by\n");
  model.forward("  return self.scaled(x) + self.scaled(x, 2.5)\n");
  expect_like_the_jit(model, at::randn({1, 4, 2, 2}));
}

TEST(Interpreter, SaysWhichArgumentIsMissing) {
  ScriptModel model;
  model.module().define("def forward(self, x, mask):\n  return x * mask\n");
  EXPECT_THROW(interpret_forward(model.module(), {at::randn({1})}, nullptr), c10::Error);
}

}  // namespace
}  // namespace prunec
