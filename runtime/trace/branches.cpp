// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/trace/branches.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "runtime/model/module_path.h"

namespace prunec {

namespace {

class BranchFinder {
 public:
  BranchFinder(const OpTrace& trace, const Propagation& propagation) : trace_(trace), propagation_(propagation) {
    for (const Operation& operation : trace.operations) {
      for (const ValueId id : operation.results) maker_[id] = &operation;
      for (const ValueId id : operation.tensors()) readers_[id].push_back(&operation);
    }
    for (const Operation& operation : trace.operations) {
      for (const ValueId id : operation.tensors()) note_result(id, operation.module_path);
    }
    for (const ValueId id : trace.outputs) note_result(id, "");
  }

  std::vector<Branch> run() {
    for (const auto& [path, values] : results_) {
      if (values.size() == 1) candidate(path, *values.begin());
    }
    drop_those_that_end_elsewhere();
    drop_whole_blocks();
    drop_those_that_end_elsewhere();
    std::vector<Branch> branches;
    for (const auto& [path, found] : found_) {
      const std::vector<std::string> chain = chain_of(path);
      const bool outermost =
          std::none_of(chain.begin(), chain.end() - 1, [&](const std::string& module) { return found_.contains(module); });
      if (outermost) branches.push_back(found.branch);
    }
    const auto result_of = [&](const Branch& branch) { return found_.at(branch.path).result; };
    std::sort(branches.begin(), branches.end(), [&](const Branch& a, const Branch& b) { return result_of(a) < result_of(b); });
    return branches;
  }

 private:
  struct Found {
    Branch branch;
    ValueId result = 0;
  };

  /// What leaves a module is read outside of it.
  void note_result(ValueId id, const std::string& reader) {
    const auto maker = maker_.find(id);
    if (maker == maker_.end()) return;
    for (const std::string& module : chain_of(maker->second->module_path)) {
      if (!lies_within(reader, module)) results_[module].insert(id);
    }
  }

  void candidate(const std::string& path, ValueId result) {
    const ChannelMap& map = propagation_.map(result);
    if (!map.defined() || map.dim() < 2 || !lies_along(map, 1)) return;
    std::vector<ChannelId> ids = ids_of(map);
    if (std::find(ids.begin(), ids.end(), kNoChannel) != ids.end()) return;
    Readers readers;
    if (!find_readers(path, result, readers) || readers.concatenations == !readers.modules.empty()) return;
    found_.emplace(path, Found{{path, std::move(ids), {readers.modules.begin(), readers.modules.end()}}, result});
  }

  struct Readers {
    bool concatenations = false;  ///< along the channels
    std::set<std::string> modules;
  };

  /// False when something else reads the value too.
  bool find_readers(const std::string& path, ValueId value, Readers& readers) const {
    const auto known = readers_.find(value);
    if (std::find(trace_.outputs.begin(), trace_.outputs.end(), value) != trace_.outputs.end() || known == readers_.end()) return false;
    return std::all_of(known->second.begin(), known->second.end(),
                       [&](const Operation* reader) { return read_by(path, value, *reader, readers); });
  }

  bool read_by(const std::string& path, ValueId value, const Operation& reader, Readers& readers) const {
    if (reader.name == "aten::cat" || reader.name == "aten::concat") {
      readers.concatenations = true;
      return wrap(reader.integer("dim").value_or(0), propagation_.map(value).dim()) == 1;
    }
    for (const std::string& module : chain_of(reader.module_path)) {
      if (lies_within(path, module)) continue;
      const auto results = results_.find(module);
      if (results != results_.end() && results->second.size() == 1) return readers.modules.insert(module), true;
    }
    // An operation of the surrounding code that works on this alone and leaves every channel in its place, as an activation does.
    const std::vector<ValueId> read = reader.tensors();
    const bool alone = std::none_of(read.begin(), read.end(), [&](ValueId id) { return id != value && propagation_.map(id).defined(); });
    if (!alone || reader.results.size() != 1) return false;
    const ChannelMap& after = propagation_.map(reader.results[0]);
    if (!after.defined() || !lies_along(after, 1) || ids_of(after) != ids_of(propagation_.map(value))) return false;
    return find_readers(path, reader.results[0], readers);
  }

  void drop_those_that_end_elsewhere() {
    const auto ends_elsewhere = [&](const auto& each) {
      const auto& next = each.second.branch.next;
      return std::any_of(next.begin(), next.end(), [&](const std::string& module) { return !found_.contains(module); });
    };
    while (std::erase_if(found_, ends_elsewhere) > 0) {
    }
  }

  /// What goes on to several paths and holds paths itself is a block between concatenations, and no path.
  void drop_whole_blocks() {
    const auto holds_paths = [&](const std::string& block) {
      return std::any_of(found_.begin(), found_.end(), [&](const auto& each) {
        return each.first != block && lies_within(each.first, block) && each.second.branch.next.empty();
      });
    };
    std::set<std::string> blocks;
    for (const auto& [path, found] : found_) {
      if (found.branch.next.size() > 1 && holds_paths(path)) blocks.insert(path);
    }
    for (const std::string& block : blocks) found_.erase(block);
  }

  const OpTrace& trace_;
  const Propagation& propagation_;
  std::map<ValueId, const Operation*> maker_;
  std::map<ValueId, std::vector<const Operation*>> readers_;
  std::map<std::string, std::set<ValueId>> results_;  ///< by module path: what others read of it
  std::map<std::string, Found> found_;
};

}  // namespace

std::vector<Branch> branches_of(const OpTrace& trace, const Propagation& propagation) {
  return BranchFinder(trace, propagation).run();
}

}  // namespace prunec
