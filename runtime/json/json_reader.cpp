// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/json/json_reader.h"

namespace prunec {

namespace {

bool is_whole(const Json& value) {
  return value.is_number_integer() && (!value.is_number_unsigned() || value.get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX));
}

bool is_object(const Json& value) {
  return value.is_object();
}
bool is_array(const Json& value) {
  return value.is_array();
}

}  // namespace

ParsedJson parse_json(std::string_view text) {
  try {
    return {Json::parse(text), ""};
  } catch (const Json::parse_error& error) {
    return {{}, "it breaks off or has something else than JSON at byte " + std::to_string(error.byte)};
  } catch (const Json::exception&) {
    return {{}, "it holds a number or a text that no reader could keep"};
  }
}

void JsonReader::refuse(const std::string& what) const {
  if (mistake_->empty()) *mistake_ = (place_.empty() ? "the file" : "`" + place_ + "`") + " " + what;
}

const Json* JsonReader::as(bool (*is)(const Json&), const char* kind) const {
  if (value_ == nullptr) return nullptr;
  if (is(*value_)) return value_;
  refuse(std::string("is no ") + kind);
  return nullptr;
}

JsonReader JsonReader::at(const std::string& key) const {
  const std::string place = place_.empty() ? key : place_ + "." + key;
  const Json* object = as(is_object, "object");
  if (object == nullptr) return {nullptr, place, *mistake_};
  const auto found = object->find(key);
  if (found != object->end()) return {&*found, place, *mistake_};
  JsonReader(object, place, *mistake_).refuse("is missing");
  return {nullptr, place, *mistake_};
}

std::optional<JsonReader> JsonReader::find(const std::string& key) const {
  const Json* object = as(is_object, "object");
  if (object == nullptr) return std::nullopt;
  const auto found = object->find(key);
  if (found == object->end() || found->is_null()) return std::nullopt;
  return JsonReader(&*found, place_.empty() ? key : place_ + "." + key, *mistake_);
}

std::vector<JsonReader> JsonReader::elements() const {
  std::vector<JsonReader> readers;
  const Json* array = as(is_array, "list");
  for (std::size_t i = 0; array != nullptr && i < array->size(); ++i)
    readers.push_back({&(*array)[i], place_ + "[" + std::to_string(i) + "]", *mistake_});
  return readers;
}

std::string JsonReader::text() const {
  const Json* value = as([](const Json& json) { return json.is_string(); }, "text");
  return value ? value->get<std::string>() : std::string();
}

double JsonReader::number() const {
  const Json* value = as([](const Json& json) { return json.is_number(); }, "number");
  return value ? value->get<double>() : 0;
}

bool JsonReader::flag() const {
  const Json* value = as([](const Json& json) { return json.is_boolean(); }, "true or false");
  return value && value->get<bool>();
}

std::int64_t JsonReader::whole() const {
  const Json* value = as(is_whole, "whole number");
  return value ? value->get<std::int64_t>() : 0;
}

// Lists of numbers are long, so their elements get no readers of their own.
std::vector<std::int64_t> JsonReader::wholes() const {
  const Json* array = as(
      [](const Json& json) {
        if (!json.is_array()) return false;
        for (const Json& element : json) {
          if (!is_whole(element)) return false;
        }
        return true;
      },
      "list of whole numbers");
  return array ? array->get<std::vector<std::int64_t>>() : std::vector<std::int64_t>();
}

std::vector<double> JsonReader::numbers() const {
  const Json* array = as(
      [](const Json& json) {
        if (!json.is_array()) return false;
        for (const Json& element : json) {
          if (!element.is_number()) return false;
        }
        return true;
      },
      "list of numbers");
  return array ? array->get<std::vector<double>>() : std::vector<double>();
}

std::vector<std::string> JsonReader::texts() const {
  std::vector<std::string> list;
  for (const JsonReader& element : elements()) list.push_back(element.text());
  return list;
}

std::size_t JsonReader::index(std::size_t end) const {
  const std::int64_t value = whole();
  if (value >= 0 && static_cast<std::size_t>(value) < end) return static_cast<std::size_t>(value);
  refuse("is " + std::to_string(value) + ", outside of 0 to " + std::to_string(end) + " exclusive");
  return 0;
}

std::vector<std::size_t> JsonReader::indices(std::size_t end) const {
  std::vector<std::size_t> list;
  for (const std::int64_t value : wholes()) {
    if (value < 0 || static_cast<std::size_t>(value) >= end) {
      refuse("holds " + std::to_string(value) + ", outside of 0 to " + std::to_string(end) + " exclusive");
      return {};
    }
    list.push_back(static_cast<std::size_t>(value));
  }
  return list;
}

}  // namespace prunec
