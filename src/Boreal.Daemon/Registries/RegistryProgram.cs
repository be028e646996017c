using Boreal.Daemon.Configuration;

namespace Boreal.Daemon.Registries;

/// <summary><c>boreald registry ...</c>: the registry without the engine.</summary>
internal static class RegistryProgram
{
    /// <returns>The process's exit code.</returns>
    /// <exception cref="ConfigurationException">It cannot be done; the message says why.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        if (words is ["user", ..])
            return UserVerbs.Run([.. words.Skip(1)], Console.Out);
        if (words is not ["serve", ..])
            throw new ConfigurationException("say 'boreald registry serve' or 'boreald registry user'\nSee 'boreald registry serve --help'.");
        var line = CommandLine.Parse([.. words.Skip(1)], RegistryServeSettings.ByName);
        if (line.WantsHelp)
        {
            Console.Out.Write(HelpText.BuildForRegistry());
            return 0;
        }
        var options = OptionsReader.ReadRegistry(line);
        if (line.OnlyValidates)
        {
            Console.Out.WriteLine("configuration OK");
            return 0;
        }
        return await RegistryRun.RunAsync(options);
    }
}
