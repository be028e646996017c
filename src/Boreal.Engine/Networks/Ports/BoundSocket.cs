using System.Net.Sockets;

namespace Boreal.Engine.Networks.Ports;

/// <summary>A published port and the socket that holds it on the host; null for one of many, which no socket is spent on.</summary>
internal sealed record BoundSocket(BoundPort Port, Socket? Socket);
