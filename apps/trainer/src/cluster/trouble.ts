/** Says on stderr why Redis can't be asked, and when it can be again; each once, however many ask. */
export function tellTrouble(): (sentence: string | undefined) => void {
  let told: string | undefined;
  return (sentence) => {
    if (sentence === told) return;
    told = sentence;
    console.error(sentence === undefined ? 'Redis answers again' : `${sentence}; waiting`);
  };
}
