"""Pages of intervisie: parse, ask the rule, call the action, render."""
