using System.Net;

namespace Boreal.Ingress.Backends;

/// <summary>What makes a backend another one.</summary>
internal readonly record struct BackendKey(string TaskId, IPEndPoint Address, BackendProtocol Protocol);
