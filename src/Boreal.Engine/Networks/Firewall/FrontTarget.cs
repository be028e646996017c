using System.Net;

namespace Boreal.Engine.Networks.Firewall;

/// <summary>A container behind a <see cref="Front"/>. Behind a virtual address it is reached by the port that was asked for, and has none here.</summary>
internal sealed record FrontTarget(IPAddress Address, ushort? Port);
