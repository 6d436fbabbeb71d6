"""One call centre, simulated three times: by the product's core, in simpy and in Ciw. Same people, same rules."""
