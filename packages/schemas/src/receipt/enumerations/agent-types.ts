/** Kinds of agent, with their bit of tag 1222, under YooKassa's names. */
export const agentTypes = {
  banking_payment_agent: 1,
  banking_payment_subagent: 2,
  payment_agent: 4,
  payment_subagent: 8,
  attorney: 16,
  commissioner: 32,
  agent: 64,
} as const;

export type AgentType = keyof typeof agentTypes;
