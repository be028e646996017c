using Boreal.Daemon.Configuration;
using Boreal.Daemon.Hosting;
using Boreal.Daemon.Http;
using Boreal.Daemon.Registries;

try
{
    if (args is ["registry", ..])
        return await RegistryProgram.RunAsync(args[1..]);
    var line = CommandLine.Parse(args);
    if (line.WantsHelp)
    {
        Console.Out.Write(HelpText.Build());
        return 0;
    }
    if (line.WantsVersion)
    {
        Console.Out.WriteLine($"boreald version {ProductVersion.Own} (API {ApiVersion.Minimum} to {ApiVersion.Maximum})");
        return 0;
    }
    var options = OptionsReader.Read(line);
    if (line.OnlyValidates)
    {
        Console.Out.WriteLine("configuration OK");
        return 0;
    }
    return await DaemonRun.RunAsync(options);
}
catch (ConfigurationException e)
{
    Console.Error.WriteLine($"boreald: {e.Message}");
    return 1;
}
