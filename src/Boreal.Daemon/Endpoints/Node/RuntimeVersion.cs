namespace Boreal.Daemon.Endpoints.Node;

/// <summary>One installed OCI runtime.</summary>
internal sealed record RuntimeVersion(string Name, string Version, string Commit);
