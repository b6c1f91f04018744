"""Makes given updates of the default variant from given weights and prints what came of each: for a test, not a benchmark."""

import json
import sys

import torch
from torch import nn

from residual_torch import Residual

given = json.load(sys.stdin)
users, items = torch.tensor(given["users"]), torch.tensor(given["items"])
residual = Residual(users, items, given["blockSizes"], **given["options"])


def in_order(network):
    """Parameters in the order of ours: the state's, then those of a critic's history, then the layers'."""
    own = [network.history_weights] if hasattr(network, "history_weights") else []
    layers = [layer for layer in network.modules() if isinstance(layer, nn.Linear)]
    return [*network.state.parameters(), *own, *(each for layer in layers for each in (layer.weight, layer.bias))]


with torch.no_grad():
    for networks in (residual.online, residual.averaged):
        parameters = [each for network in networks for each in in_order(network)]
        linear = {layer.weight for layer in networks.modules() if isinstance(layer, nn.Linear)}
        for parameter, weight in zip(parameters, given["weights"], strict=True):
            values = torch.tensor(weight)
            shape = parameter.shape
            # TensorFlow.js: [inputs, outputs]
            parameter.copy_(values.reshape(shape[::-1]).T if parameter in linear else values.reshape(shape))

batches = [[torch.tensor(column) for column in batch] for batch in given["batches"]]
user, history, rewards, _, item, *_ = batches[0]
residual.prepare(user, history, rewards, item)


def correct(adam, step):
    """Ours adds epsilon before the correction of the moments' bias, as Kingma and Ba's section 2 ends; PyTorch after."""
    for group in adam.param_groups:
        group["eps"] = 1e-8 / (1 - 0.999**step) ** 0.5


results, turns = [], 1
for step, batch in enumerate(batches, 1):
    correct(residual.critic_adam, step)
    correct(residual.actor_adam, turns)
    critic_loss, actor_loss, td_errors = residual.learn(*batch)
    turns += actor_loss is not None
    results.append({"criticLoss": critic_loss, "actorLoss": actor_loss, "tdErrors": td_errors.tolist()})
print(json.dumps(results))
