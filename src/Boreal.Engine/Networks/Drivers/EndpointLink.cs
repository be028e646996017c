using System.Net.NetworkInformation;
using Boreal.Linux.Descriptors;

namespace Boreal.Engine.Networks.Drivers;

/// <summary>A link to be made: its name on the host, its name inside, the namespace it leads to, and its hardware address.</summary>
internal sealed record EndpointLink(string Outer, string Inner, FileDescriptor Namespace, PhysicalAddress Address);
