# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0
"""The best choice of widths within a budget, by HiGHS: a mixed-integer program with one binary variable for each allowed width."""

import itertools

import highspy
import numpy as np


class WidthProgram:
    """Maximises the kept value. A product of two widths is linear in variables for the pairs of their choices, as in a transport problem."""

    def __init__(self, problem, seconds=60):
        self.model = highspy.Highs()
        self.model.setOptionValue("output_flag", False)
        self.model.setOptionValue("time_limit", float(seconds))
        self.model.setOptionValue("mip_rel_gap", 1e-6)
        self.units = [s["units"] for s in problem["sets"]]
        self.values = [s["values"] for s in problem["sets"]]
        self.chosen = [[self.model.addBinary(obj=-v) for v in values] for values in self.values]
        for row in self.chosen:
            self.model.addConstr(sum(row[1:], row[0] * 1.0) == 1)
        self.pairs = {}
        self.cost_terms, self.constant = {}, 0.0
        for layer in problem["layers"]:
            self.add_layer(layer)
        self.budget_row = None

    def add_layer(self, layer):
        factor, left, right = layer["factor"], layer["input"], layer["output"]
        self.constant += factor * left["constant"] * right["constant"]
        for one, other in ((left, right), (right, left)):
            for s, positions in one["terms"]:
                for variable, units in zip(self.chosen[s], self.units[s]):
                    self.add_cost(variable, factor * other["constant"] * positions * units)
        for (a, p), (b, q) in itertools.product(left["terms"], right["terms"]):
            self.add_product(a, b, factor * p * q)

    def add_cost(self, variable, cost):
        if cost:
            self.cost_terms[variable.index] = self.cost_terms.get(variable.index, 0) + cost

    def add_product(self, a, b, factor):
        if a == b:
            for variable, units in zip(self.chosen[a], self.units[a]):
                self.add_cost(variable, factor * units * units)
            return
        a, b = min(a, b), max(a, b)
        for (i, j), variable in self.pair(a, b).items():
            self.add_cost(variable, factor * self.units[a][i] * self.units[b][j])

    def pair(self, a, b):
        if (a, b) not in self.pairs:
            both = {(i, j): self.model.addVariable(0, 1) for i in range(len(self.units[a])) for j in range(len(self.units[b]))}
            for i, chosen in enumerate(self.chosen[a]):
                self.model.addConstr(sum((both[i, j] for j in range(len(self.units[b]))), -1.0 * chosen) == 0)
            for j, chosen in enumerate(self.chosen[b]):
                self.model.addConstr(sum((both[i, j] for i in range(len(self.units[a]))), -1.0 * chosen) == 0)
            self.pairs[a, b] = both
        return self.pairs[a, b]

    def solve(self, budget):
        """The best value that was found, and the value that nothing exceeds; they differ when the time is up before."""
        scale = float(budget)
        indices = np.array(sorted(self.cost_terms), dtype=np.int32)
        costs = np.array([self.cost_terms[i] / scale for i in indices])
        room = 1 - self.constant / scale
        if self.budget_row is None:
            self.budget_row = self.model.getNumRow()
        else:
            self.model.deleteRows(1, np.array([self.budget_row], dtype=np.int32))
        self.model.addRow(-highspy.kHighsInf, room, len(indices), indices, costs)
        self.model.run()
        info = self.model.getInfo()
        return -info.objective_function_value, -info.mip_dual_bound
