// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "runtime/facts/facts_json.h"
#include "runtime/json/json_reader.h"

namespace prunec {

namespace {

class GraphReader {
 public:
  /// A channel lies somewhere, so there are no more of them than the file has bytes.
  GraphReader(const JsonReader& root, std::size_t most_channels) : root_(root), count_(root.at("channel_count").index(most_channels + 1)) {}

  // Members in the order of their declaration, each once: aggregates without a member do not compile where one is new and has no default.
  ChannelGraph read() const {
    return {count_,
            list("axes", &GraphReader::axis),
            list("norms", &GraphReader::norm),
            list("couplings", &GraphReader::coupling),
            list("pins", &GraphReader::pin),
            list("costs", &GraphReader::cost),
            list("depthwise", &GraphReader::depthwise),
            list("grouped", &GraphReader::grouped),
            list("widths", &GraphReader::width),
            list("splits", &GraphReader::split),
            list("shuffles", &GraphReader::shuffle),
            list("reads", &GraphReader::read_of),
            list("branches", &GraphReader::branch)};
  }

 private:
  template <typename T>
  std::vector<T> list(const char* key, T (GraphReader::*one)(const JsonReader&) const) const {
    std::vector<T> values;
    for (const JsonReader& element : root_.at(key).elements()) values.push_back((this->*one)(element));
    return values;
  }

  ParameterAxis axis(const JsonReader& of) const { return {of.at("tensor").text(), of.at("axis").whole(), any_ids(of.at("ids"))}; }
  NormSite norm(const JsonReader& of) const {
    return {of.at("path").text(), of.at("kind").text(), of.at("scale").text(), of.at("shift").text(), any_ids(of.at("ids"))};
  }
  Coupling coupling(const JsonReader& of) const { return {of.at("what").text(), of.at("layer").text(), pairs(of)}; }
  Pin pin(const JsonReader& of) const { return {of.at("reason").text(), of.at("layer").text(), ids(of.at("ids"))}; }
  LayerCost cost(const JsonReader& of) const { return {of.at("weight").text(), of.at("positions").whole()}; }
  DepthwiseLayer depthwise(const JsonReader& of) const { return {of.at("path").text(), any_ids(of.at("ids"))}; }
  GroupedConvolution grouped(const JsonReader& of) const {
    return {of.at("path").text(),     of.at("weight").text(),    of.at("groups").whole(),
            any_ids(of.at("inputs")), any_ids(of.at("outputs")), of.at("transposed").flag()};
  }

  static CodePlace place(const JsonReader& of) { return {of.at("module").text(), of.at("method").text(), of.at("nodes").wholes()}; }
  WidthArgument width(const JsonReader& of) const {
    return {place(of.at("place")), of.at("operation").text(), of.at("argument").text(),     of.at("element").whole(),
            any_ids(of.at("ids")), of.at("from_end").flag(),  any_ids(of.at("computed_of"))};
  }
  WidthSplit split(const JsonReader& of) const {
    WidthSplit split{place(of.at("place")), of.at("operation").text(), of.at("chunks").whole(), {}};
    for (const JsonReader& part : of.at("parts").elements()) split.parts.push_back(any_ids(part));
    return split;
  }
  Shuffle shuffle(const JsonReader& of) const {
    Shuffle shuffle{place(of.at("first")), place(of.at("last")),     of.at("layer").text(),     of.at("groups").whole(),
                    of.at("axis").whole(), any_ids(of.at("inputs")), any_ids(of.at("outputs")), of.at("selected").flag()};
    const auto width = static_cast<std::int64_t>(shuffle.inputs.size());
    if (shuffle.groups < 1 || width % shuffle.groups != 0)
      of.at("groups").refuse("does not divide the " + std::to_string(width) + " inputs");
    return shuffle;
  }

  ConcatRead read_of(const JsonReader& of) const {
    ConcatRead read{place(of.at("place")),    of.at("operation").text(), of.at("layer").text(),
                    any_ids(of.at("inputs")), any_ids(of.at("outputs")), of.at("selected").flag()};
    if (read.outputs.size() != read.inputs.size()) of.at("outputs").refuse("are not as many as the inputs");
    return read;
  }

  Branch branch(const JsonReader& of) const { return {of.at("path").text(), ids(of.at("outputs")), of.at("next").texts()}; }

  std::vector<ChannelId> ids(const JsonReader& reader) const {
    const auto indices = reader.indices(count_);
    return {indices.begin(), indices.end()};
  }

  /// -1 stands for no channel.
  std::vector<ChannelId> any_ids(const JsonReader& reader) const {
    std::vector<ChannelId> result;
    for (const std::int64_t id : reader.wholes()) {
      if (id < -1 || id >= static_cast<std::int64_t>(count_))
        reader.refuse("names channel " + std::to_string(id) + " of " + std::to_string(count_));
      result.push_back(id < 0 ? kNoChannel : static_cast<ChannelId>(id));
    }
    return result;
  }

  std::vector<std::pair<ChannelId, ChannelId>> pairs(const JsonReader& owner) const {
    const std::vector<ChannelId> first = ids(owner.at("ids")), second = ids(owner.at("equal"));
    if (first.size() != second.size()) owner.at("equal").refuse("has another length than `ids`");
    std::vector<std::pair<ChannelId, ChannelId>> result;
    for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) result.emplace_back(first[i], second[i]);
    return result;
  }

  const JsonReader& root_;
  std::size_t count_;
};

Diagnostic about(Code code, const std::string& path, std::string message, std::string note) {
  Diagnostic diagnostic{code, std::move(message), FilePlace{path}};
  if (!note.empty()) diagnostic.notes.push_back({{}, std::move(note)});
  diagnostic.help = "make the facts again with `prunec inspect MODEL --facts FILE`";
  return diagnostic;
}

}  // namespace

Outcome<ModelFacts> read_facts(const std::string& path, std::string_view text) {
  const ParsedJson parsed = parse_json(text);
  if (!parsed.mistake.empty()) return about(Code::kP0551, path, "the facts file is damaged", parsed.mistake);
  std::string mistake;
  const JsonReader root(parsed.value, mistake);
  const std::int64_t version = root.at("facts").whole();
  if (!mistake.empty()) return about(Code::kP0551, path, "the file holds no facts of a model", mistake);
  if (version != kFactsVersion) {
    return about(Code::kP0552, path,
                 "the facts are of version " + std::to_string(version) + ", and this prunec reads version " + std::to_string(kFactsVersion),
                 "");
  }
  const JsonReader model = root.at("model");
  ModelFacts facts{model.at("path").text(),   model.at("sha256").text(),  model.at("format").text(),
                   root.at("input").wholes(), root.at("modules").texts(), GraphReader(root, text.size()).read()};
  if (!mistake.empty()) return about(Code::kP0551, path, "the facts file is damaged", mistake);
  return facts;
}

}  // namespace prunec
