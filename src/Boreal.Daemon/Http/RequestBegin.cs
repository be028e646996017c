namespace Boreal.Daemon.Http;

/// <summary>When a request came, by the clock's ticks; a feature of its HttpContext.</summary>
internal sealed record RequestBegin(long Timestamp);
