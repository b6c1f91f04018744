"""Makes given updates from given weights and prints what came of each: for a test, not a benchmark."""

import json
import sys

import torch

from drr_torch import Drr

given = json.load(sys.stdin)
users, items = torch.tensor(given["users"]), torch.tensor(given["items"])
drr = Drr(users, items, given["historySize"], given["hiddenSize"], *given["rates"])
with torch.no_grad():
    for networks in (drr.online, drr.target):
        for parameter, weight in zip(networks.parameters(), given["weights"], strict=True):
            values = torch.tensor(weight["values"]).reshape(weight["shape"])
            parameter.copy_(values.T if values.dim() == 2 else values)  # TensorFlow.js: [inputs, outputs]

results = []
for step, batch in enumerate(given["batches"], 1):
    # Ours adds epsilon before the correction of the moments' bias, as Kingma and Ba's section 2 ends; PyTorch after.
    for group in (*drr.actor_adam.param_groups, *drr.critic_adam.param_groups):
        group["eps"] = 1e-8 / (1 - 0.999**step) ** 0.5
    critic_loss, actor_loss, td_errors = drr.learn(*(torch.tensor(column) for column in batch))
    results.append({"criticLoss": critic_loss, "actorLoss": actor_loss, "tdErrors": td_errors.tolist()})
print(json.dumps(results))
