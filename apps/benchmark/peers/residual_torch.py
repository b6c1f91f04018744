"""DRR's default variant in PyTorch eager: the same update as `ResidualLearner` of @rl-recsys/drr makes, as in a simulator."""

import torch
from torch import nn

LEAST_DEVIATION, LIMIT, BARRED = 0.01, 5, -1e9
HEAD_START = 100


def dense(inputs, outputs):
    layer = nn.Linear(inputs, outputs)
    nn.init.uniform_(layer.weight, -(inputs**-0.5), inputs**-0.5)
    nn.init.zeros_(layer.bias)
    return layer


class Standardizer(nn.Module):
    """Brings inputs to mean 0 and deviation 1, and clips them."""

    def __init__(self, size):
        super().__init__()
        self.register_buffer("mean", torch.zeros(size))
        self.register_buffer("deviation", torch.ones(size))

    def forward(self, x):
        return ((x - self.mean) / self.deviation).clamp(-LIMIT, LIMIT)

    def fit(self, x):
        self.mean.copy_(x.mean(0))
        self.deviation.copy_(x.std(0, unbiased=False) + LEAST_DEVIATION)


class State(nn.Module):
    """[u, u * g1..g3, g1..g3, how full the history is, what items earned], with g sums over the items, whose weights decay."""

    DECAYS = (0.5, 0.8, 0.95)

    def __init__(self, k, n):
        super().__init__()
        ages = torch.arange(n - 1, -1, -1)
        self.weights = nn.Parameter(torch.stack([(1 - decay) * decay**ages for decay in self.DECAYS]))
        self.reward_weights = nn.Parameter(0.3 * 0.7**ages)
        self.size = (1 + 2 * len(self.DECAYS)) * k + 1 + k

    def forward(self, user, items, mask, rewards):
        sums = torch.bmm(mask.unsqueeze(1) * self.weights, items)
        products = sums * user.unsqueeze(1)
        earned = torch.bmm((rewards * self.reward_weights).unsqueeze(1), items).squeeze(1)
        fullness = mask.mean(1, keepdim=True)
        return torch.cat([user, products.flatten(1), sums.flatten(1), fullness, earned], 1)


class Actor(nn.Module):
    """gate(s) * u + range * scale * tanh(h(s)), one gate a block."""

    def __init__(self, shared, n, hidden, gates, residual_range, gate_range):
        super().__init__()
        k, blocks = shared["user_scale"].numel(), len(shared["block_sizes"])
        self.state, self.shared = State(k, n), shared
        self.standardizer = Standardizer(self.state.size)
        self.layers = nn.Sequential(
            *(dense(self.state.size, hidden), nn.ReLU(), dense(hidden, hidden), nn.ReLU(), dense(hidden, k + blocks), nn.Tanh())
        )
        nn.init.zeros_(self.layers[4].weight)
        self.register_buffer("gates", torch.tensor(gates))
        self.residual_range, self.gate_range, self.k = residual_range, gate_range, k

    def forward(self, seen):
        residual, gates = self.layers(self.standardizer(self.state(*seen))).split([self.k, len(self.gates)], 1)
        gates = (gates * self.gate_range + self.gates) @ self.shared["membership"]
        return seen[0] * gates + residual * (self.shared["user_scale"] * self.residual_range)


class Critic(nn.Module):
    """Q(s, x) of the item that was shown: a layer over the state, then three over it, x and how x meets u and g."""

    def __init__(self, shared, n, hidden):
        super().__init__()
        k, blocks = shared["user_scale"].numel(), len(shared["block_sizes"])
        self.state, self.shared, self.k, self.blocks, self.hidden = State(k, n), shared, k, blocks, hidden
        self.standardizer, self.item_standardizer = Standardizer(self.state.size), Standardizer(k)
        self.register_buffer("history_scale", torch.ones(k))
        self.history_weights = nn.Parameter(0.3 * 0.7 ** torch.arange(n - 1, -1, -1))
        self.head = dense(self.state.size, hidden)
        self.tail = nn.Sequential(
            *(dense(hidden + 3 * k + 2 * blocks, hidden), nn.ReLU(), dense(hidden, hidden), nn.ReLU(), dense(hidden, 1))
        )

    def read(self, seen):
        user, items, mask, _ = seen
        hidden = torch.relu(self.head(self.standardizer(self.state(*seen))))
        return hidden, torch.bmm((mask * self.history_weights).unsqueeze(1), items).squeeze(1)

    def forward(self, seen, x):
        (hidden, g), user, membership = self.read(seen), seen[0], self.shared["membership"]
        standard = self.item_standardizer(x)
        matches = [standard * (user / self.shared["user_scale"]), standard * (g / self.history_scale)]
        sums = [(x * user) @ membership.T, (x * g) @ membership.T]
        return self.tail(torch.cat([hidden, standard, *matches, *sums], 1)).squeeze(1)

    def values_of(self, seen, x):
        """Of many items [batch, count, k] of each row: what is the row's own is computed once, and no product is written."""
        (hidden, g), user = self.read(seen), seen[0]
        first = self.tail[0]
        of_hidden, of_items, of_sums = first.weight.T.split([self.hidden, 3 * self.k, 2 * self.blocks])
        scaled = torch.stack([user / self.shared["user_scale"], g / self.history_scale], 1)
        of_x, of_products = of_items[: self.k], of_items[self.k :].view(2, self.k, self.hidden)
        mixed = of_x + (scaled.unsqueeze(3) * of_products).sum(1)
        vectors = torch.stack([user, g], 1)
        of_blocks = of_sums.view(2, self.blocks, self.hidden)[:, self.shared["block_of"]]
        mixed_sums = (vectors.unsqueeze(3) * of_blocks).sum(1)
        of_row = torch.addmm(first.bias, hidden, of_hidden).unsqueeze(1)
        both = torch.cat([self.item_standardizer(x), x], 2)
        return self.tail[1:](torch.baddbmm(of_row, both, torch.cat([mixed, mixed_sums], 1))).squeeze(2)

    def fit(self, seen, x):
        user, items, mask, _ = seen
        self.standardizer.fit(self.state(*seen))
        self.item_standardizer.fit(x)
        self.history_scale.copy_(self.read(seen)[1].square().mean(0).sqrt() + LEAST_DEVIATION)


class Residual:
    """Online and averaged networks, and one update of them."""

    def __init__(
        self, users, items, block_sizes, *, history_size, hidden=64, gates, residual_range=2.5, gate_range=1.5,
        temperature=0.2, tau=0.01, policy_delay=2, actor_rate=1e-3, critic_rate=1e-3,
    ):
        block_of = torch.repeat_interleave(torch.arange(len(block_sizes)), torch.tensor(block_sizes))
        shared = {
            "user_scale": users.square().mean(0).sqrt() + LEAST_DEVIATION,
            "block_sizes": block_sizes,
            "block_of": block_of,
            "membership": nn.functional.one_hot(block_of).T.float().contiguous(),
        }
        self.users, self.items, self.temperature, self.tau, self.policy_delay = users, items, temperature, tau, policy_delay

        def networks():
            actor = Actor(shared, history_size, hidden, gates, residual_range, gate_range)
            return nn.ModuleList([actor, Critic(shared, history_size, hidden), Critic(shared, history_size, hidden)])

        self.online, self.averaged = networks(), networks().requires_grad_(False)
        self.averaged.load_state_dict(self.online.state_dict())
        self.actor_adam = torch.optim.Adam(self.online[0].parameters(), actor_rate, foreach=True)
        self.critic_adam = torch.optim.Adam(self.online[1:].parameters(), critic_rate, foreach=True)
        self.sources, self.followers = list(self.online.parameters()), list(self.averaged.parameters())
        self.updates = 0

    def see(self, user, history, rewards):
        return self.users[user], self.items[history.clamp(min=0)], (history >= 0).float(), rewards

    @torch.no_grad()
    def prepare(self, user, history, rewards, item):
        seen = self.see(user, history, rewards)
        for networks in (self.online, self.averaged):
            networks[0].standardizer.fit(networks[0].state(*seen))
            for critic in networks[1:]:
                critic.fit(seen, self.items[item])

    @torch.no_grad()
    def act(self, user, history, rewards):
        return self.online[0](self.see(user, history, rewards))

    def score(self, action, vectors, candidates):
        scores = torch.bmm(vectors, action.unsqueeze(2)).squeeze(2)
        return scores.masked_fill_(candidates < 0, BARRED)

    def learn(self, user, history, rewards, candidates, item, reward, discount, next_history, next_rewards, next_candidates, weight):
        """Updates the critics and, in its turn, the actor and the averages; losses, and the TD errors as NumPy's array."""
        actor, critics = self.online[0], self.online[1:]
        with torch.no_grad():
            after = self.see(user, next_history, next_rewards)
            vectors = self.items[next_candidates.clamp(min=0)]
            best = self.score(self.averaged[0](after), vectors, next_candidates).argmax(1, keepdim=True)
            shown = next_candidates.gather(1, best).squeeze(1)
            x = self.items[shown.clamp(min=0)]
            value = torch.minimum(*(critic(after, x) for critic in self.averaged[1:]))
            goal = reward + discount * (shown >= 0) * value

        seen, x = self.see(user, history, rewards), self.items[item]
        td_errors = [goal - critic(seen, x) for critic in critics]
        critic_loss = sum((weight * error.square()).mean() for error in td_errors)
        self.critic_adam.zero_grad(set_to_none=True)
        critic_loss.backward()
        self.critic_adam.step()
        self.updates += 1
        td_error = td_errors[0].detach().numpy()
        if self.updates <= HEAD_START or self.updates % self.policy_delay != 0:
            return critic_loss.item(), None, td_error

        vectors = self.items[candidates.clamp(min=0)]
        with torch.no_grad():
            values = sum(critic.values_of(seen, vectors) for critic in critics) / 2
        scores = self.score(actor(seen), vectors, candidates)
        actor_loss = -((scores / self.temperature).softmax(1) * values).sum(1).mean()
        self.actor_adam.zero_grad(set_to_none=True)
        actor_loss.backward()
        self.actor_adam.step()
        with torch.no_grad():
            torch._foreach_mul_(self.followers, 1 - self.tau)
            torch._foreach_add_(self.followers, self.sources, alpha=self.tau)
        return critic_loss.item(), actor_loss.item(), td_error
