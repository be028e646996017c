using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Boreal.Tests.TestKit.Machine;

/// <summary>An address of this machine that is not its loopback's: engines trust the loopback more than others.</summary>
public static class OwnAddress
{
    public static string Find() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(link => link.OperationalStatus is OperationalStatus.Up && link.NetworkInterfaceType is not NetworkInterfaceType.Loopback)
        .OrderBy(link => link.GetIPProperties().GatewayAddresses.Count is 0)
        .SelectMany(link => link.GetIPProperties().UnicastAddresses)
        .Select(address => address.Address)
        .FirstOrDefault(address => address.AddressFamily is AddressFamily.InterNetwork && !IPAddress.IsLoopback(address))?.ToString()
        ?? throw new InvalidOperationException("this test needs an IPv4 address besides 127.0.0.1");
}
