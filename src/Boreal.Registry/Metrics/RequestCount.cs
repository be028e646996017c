namespace Boreal.Registry.Metrics;

/// <summary>Requests of one kind and outcome, and the time they took together.</summary>
internal readonly record struct RequestCount(string Method, string Route, int Status, long Count, long Microseconds);
