// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model/class_split.h"

#include <torch/csrc/jit/ir/ir.h>
#include <unordered_map>

namespace prunec {

namespace {

using ObjectPtr = c10::intrusive_ptr<c10::ivalue::Object>;

/// Reads the type of every attribute anew from its owner's class, so that the graph sees the children's new classes.
void derive_attribute_types(torch::jit::Block& block) {
  for (torch::jit::Node* node : block.nodes()) {
    if (node->kind() == c10::prim::GetAttr) {
      const auto owner = node->input()->type()->cast<c10::ClassType>();
      if (owner) node->output()->setType(owner->getAttribute(node->s(c10::attr::name)));
    }
    for (torch::jit::Block* inner : node->blocks()) derive_attribute_types(*inner);
  }
}

class ClassSplitter {
 public:
  ClassSplitter(const torch::jit::Module& model, const std::map<std::string, std::string>& keys) {
    for (const auto& module : model.named_modules()) {
      if (const auto key = keys.find(module.name); key != keys.end()) keys_.emplace(module.value._ivalue().get(), key->second);
    }
  }

  /// The object itself when neither it nor anything inside it is to be split.
  ObjectPtr copy(const ObjectPtr& object) {
    if (const auto known = copies_.find(object.get()); known != copies_.end()) return known->second;
    const auto key = keys_.find(object.get());
    std::string signature = key == keys_.end() ? std::string() : key->second;
    bool changed = key != keys_.end();
    std::vector<c10::IValue> slots;
    for (const c10::IValue& slot : object->slots()) {
      slots.push_back(slot);
      if (!slot.isModule()) continue;
      const ObjectPtr child = copy(slot.toObject());
      changed = changed || child != slot.toObject();
      signature += "/" + std::to_string(reinterpret_cast<std::uintptr_t>(child->type().get()));
      slots.back() = child;
    }
    if (!changed) return copies_[object.get()] = object;

    const c10::ClassTypePtr type = new_class(*object, slots, signature);
    ObjectPtr result = c10::ivalue::Object::create(c10::StrongTypePtr(object->compilation_unit(), type), slots.size());
    for (std::size_t i = 0; i < slots.size(); ++i) result->setSlot(i, slots[i]);
    return copies_[object.get()] = result;
  }

 private:
  c10::ClassTypePtr new_class(c10::ivalue::Object& object, const std::vector<c10::IValue>& slots, const std::string& signature) {
    const c10::ClassTypePtr old = object.type();
    c10::ClassTypePtr& type = classes_[{old.get(), signature}];
    if (type) return type;
    const auto unit = object.compilation_unit();
    type = c10::ClassType::create(unit->mangle(*old->name()), unit, /*is_module=*/true);
    unit->register_type(type);
    for (std::size_t i = 0; i < slots.size(); ++i) {
      const bool split_child = slots[i].isModule() && old->getAttribute(i)->cast<c10::ClassType>();
      type->addAttribute(old->getAttributeName(i), split_child ? c10::TypePtr(slots[i].toObject()->type()) : old->getAttribute(i),
                         old->is_parameter(i), old->is_buffer(i));
    }
    for (std::size_t i = 0; i < old->numConstants(); ++i) type->addConstant(old->getConstantName(i), old->getConstant(i));
    for (torch::jit::Function* method : old->methods()) type->addMethod(copy_method(*unit, *old, type, *method));
    for (torch::jit::Function* hook : old->getForwardHooks()) type->addForwardHook(copy_method(*unit, *old, type, *hook));
    for (torch::jit::Function* hook : old->getForwardPreHooks()) type->addForwardPreHook(copy_method(*unit, *old, type, *hook));
    return type;
  }

  static torch::jit::Function* copy_method(torch::jit::CompilationUnit& unit, const c10::ClassType& old, const c10::ClassTypePtr& type,
                                           torch::jit::Function& method) {
    method.ensure_defined();
    const auto self = [&](c10::TypePtr t) { return t.get() == &old ? c10::TypePtr(type) : t; };
    auto graph = torch::jit::toGraphFunction(method).graph()->copy();
    graph->inputs()[0]->setType(type);
    derive_attribute_types(*graph->block());
    torch::jit::Function* copy = unit.create_function(c10::QualifiedName(*type->name(), method.name()), graph);
    copy->setSchema(method.getSchema().cloneWithRemappedTypes(self));
    return copy;
  }

  std::unordered_map<const c10::ivalue::Object*, std::string> keys_;
  std::unordered_map<const c10::ivalue::Object*, ObjectPtr> copies_;
  std::map<std::pair<const c10::ClassType*, std::string>, c10::ClassTypePtr> classes_;
};

}  // namespace

torch::jit::Module split_classes(const torch::jit::Module& model, const std::map<std::string, std::string>& keys) {
  return torch::jit::Module(ClassSplitter(model, keys).copy(model._ivalue()));
}

}  // namespace prunec
